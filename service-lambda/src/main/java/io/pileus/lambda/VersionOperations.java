package io.pileus.lambda;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Functions' versions: published and listed. */
final class VersionOperations {
    private final Functions functions;
    private final Ids ids;

    VersionOperations(Functions functions, Ids ids) {
        this.functions = functions;
        this.ids = ids;
    }

    ListFunctionsResponse listFunctions(ListFunctionsRequest input, CallContext call) {
        if (input.masterRegion() != null && input.functionVersion() == null) {
            throw LambdaErrors.invalid("FunctionVersion must be set to ALL when MasterRegion is specified.");
        }
        // no function is ever a replica of another region's: those of Lambda@Edge are not there
        boolean replicas = input.masterRegion() != null && !input.masterRegion().equals("ALL");
        LambdaState state = functions.scopes().of(call);
        List<FunctionConfiguration> all = state.locked(() -> state.functions().values().stream()
                .filter(function -> !replicas)
                .flatMap(function -> input.functionVersion() == null
                        ? Stream.of(function.latest().configuration())
                        : Stream.concat(Stream.of(function.latest()), function.published().values().stream())
                                .map(VersionOperations::qualified))
                .map(VersionOperations::listed)
                .toList());
        Page<FunctionConfiguration> page =
                Page.of(all, c -> String.valueOf(c.functionArn()), input.marker(), input.maxItems(), 50);
        return ListFunctionsResponse.builder()
                .functions(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    ListVersionsByFunctionResponse listVersionsByFunction(ListVersionsByFunctionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        List<FunctionConfiguration> all = functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            return Stream.concat(Stream.of(function.latest()), function.published().values().stream())
                    .map(VersionOperations::qualified)
                    .map(VersionOperations::listed)
                    .toList();
        });
        Page<FunctionConfiguration> page =
                Page.of(all, c -> String.valueOf(c.version()), input.marker(), input.maxItems(), 50);
        return ListVersionsByFunctionResponse.builder()
                .versions(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    private static FunctionConfiguration qualified(Function.Version version) {
        FunctionConfiguration configuration = version.configuration();
        return Function.LATEST.equals(configuration.version())
                ? configuration.toBuilder()
                        .functionArn(configuration.functionArn() + ":" + Function.LATEST)
                        .build()
                : configuration;
    }

    /** Lists leave out the state. */
    private static FunctionConfiguration listed(FunctionConfiguration configuration) {
        return configuration.toBuilder()
                .state((String) null)
                .lastUpdateStatus((String) null)
                .runtimeVersionConfig(null)
                .build();
    }

    FunctionConfiguration publishVersion(PublishVersionRequest input, CallContext call) {
        if (input.publishTo() != null) {
            throw NotImplemented.feature("PublishTo");
        }
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            Functions.checkRevision(input.revisionId(), function.latest().revisionId());
            String sha = function.latest().code().sha256();
            if (input.codeSha256() != null
                    && !input.codeSha256().isEmpty()
                    && !input.codeSha256().equals(sha)) {
                throw LambdaErrors.invalid("CodeSHA256 (" + input.codeSha256()
                        + ") is different from current CodeSHA256 in $LATEST (" + sha
                        + "). Please try again with the CodeSHA256 in $LATEST.");
            }
            return publish(function, input.description(), call);
        });
    }

    /** Publishes what {@code $LATEST} is; nothing new when it has not changed since the last version. */
    FunctionConfiguration publish(Function function, @Nullable String description, CallContext call) {
        FunctionConfiguration latest = function.latest().configuration();
        if (!function.published().isEmpty()) {
            FunctionConfiguration last =
                    function.published().lastEntry().getValue().configuration();
            FunctionConfiguration comparable = latest.toBuilder()
                    .functionArn(last.functionArn())
                    .version(last.version())
                    .revisionId(last.revisionId())
                    .lastModified(last.lastModified())
                    .description(last.description())
                    .snapStart(last.snapStart())
                    .build();
            if (comparable.equals(last)) {
                return last;
            }
        }
        long number = function.takeNumber();
        FunctionConfiguration published = latest.toBuilder()
                .functionArn(function.arn() + ":" + number)
                .version(String.valueOf(number))
                .description(description == null ? latest.description() : description)
                .revisionId(ids.uuid())
                .lastModified(Functions.lastModified(call.receivedAt()))
                .build();
        function.published()
                .put(
                        number,
                        new Function.Version(
                                published,
                                function.latest().code(),
                                function.latest().layers()));
        return published;
    }
}
