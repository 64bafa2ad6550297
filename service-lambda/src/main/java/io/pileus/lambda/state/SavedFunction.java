package io.pileus.lambda.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.AliasConfiguration;
import io.pileus.lambda.model.FunctionConfiguration;
import io.pileus.lambda.model.FunctionEventInvokeConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function as it is saved. Archives are apart from it, under their digests: many versions share one.
 *
 * @param aliases by name
 */
public record SavedFunction(
        String name,
        String arn,
        SavedVersion latest,
        Map<Long, SavedVersion> published,
        Map<String, AliasConfiguration> aliases,
        Map<String, String> tags,
        Map<String, SavedPolicy> policies,
        Map<String, FunctionEventInvokeConfig> eventInvokeConfigs,
        Map<String, Function.Url> urls,
        Map<String, Function.RuntimeManagement> runtimeManagement,
        Map<String, Function.Provisioned> provisioned,
        long nextVersion,
        @Nullable Integer reservedConcurrency,
        @Nullable String codeSigningConfigArn,
        String recursiveLoop) {

    /** @param code the SHA-256 of the archive, as that is found by */
    public record SavedVersion(FunctionConfiguration configuration, String code, List<String> layers) {
        static SavedVersion of(Function.Version version, Consumer<Code> codes) {
            codes.accept(version.code());
            version.layers().forEach(codes);
            return new SavedVersion(
                    version.configuration(),
                    version.code().sha256(),
                    version.layers().stream().map(Code::sha256).toList());
        }

        Function.Version version(java.util.function.Function<String, Code> codes) {
            return new Function.Version(
                    configuration, codes.apply(code), layers.stream().map(codes).toList());
        }
    }

    /** A deployment package. */
    public record SavedCode(
            Blob zip, long unzippedBytes, @Nullable String imageUri) {}

    /** A resource policy. */
    public record SavedPolicy(List<SavedStatement> statements, String revisionId) {
        static SavedPolicy of(Function.Policy policy) {
            List<SavedStatement> statements = new ArrayList<>();
            policy.statements()
                    .forEach((id, statement) -> statements.add(new SavedStatement(id, statement.deepCopy())));
            return new SavedPolicy(statements, policy.revisionId());
        }

        Function.Policy policy() {
            LinkedHashMap<String, ObjectNode> byId = new LinkedHashMap<>();
            statements.forEach(statement -> byId.put(statement.id(), (ObjectNode) statement.content()));
            return new Function.Policy(byId, revisionId);
        }
    }

    public record SavedStatement(String id, JsonNode content) {}

    /**
     * What a function is now; called under its lock.
     *
     * @param codes takes the archives that it needs
     */
    public static SavedFunction of(Function function, Consumer<Code> codes) {
        return new SavedFunction(
                function.name(),
                function.arn(),
                SavedVersion.of(function.latest(), codes),
                mapped(function.published(), version -> SavedVersion.of(version, codes)),
                new TreeMap<>(function.aliases()),
                new LinkedHashMap<>(function.tags()),
                mapped(function.policies(), SavedPolicy::of),
                new TreeMap<>(function.eventInvokeConfigs()),
                new TreeMap<>(function.urls()),
                new TreeMap<>(function.runtimeManagement()),
                new TreeMap<>(function.provisioned()),
                function.nextVersion(),
                function.reservedConcurrency().orElse(null),
                function.codeSigningConfigArn().orElse(null),
                function.recursiveLoop());
    }

    static <K, A, B> Map<K, B> mapped(Map<K, A> map, java.util.function.Function<A, B> change) {
        Map<K, B> mapped = new LinkedHashMap<>();
        map.forEach((key, value) -> mapped.put(key, change.apply(value)));
        return mapped;
    }

    /** @param codes finds archives by their digests */
    public Function function(java.util.function.Function<String, Code> codes) {
        Function function = new Function(name, arn, latest.version(codes), nextVersion);
        function.published().putAll(mapped(published, version -> version.version(codes)));
        function.aliases().putAll(aliases);
        function.tags().putAll(tags);
        function.policies().putAll(mapped(policies, SavedPolicy::policy));
        function.eventInvokeConfigs().putAll(eventInvokeConfigs);
        function.urls().putAll(urls);
        function.runtimeManagement().putAll(runtimeManagement);
        function.provisioned().putAll(provisioned);
        function.reservedConcurrency(reservedConcurrency);
        function.codeSigningConfigArn(codeSigningConfigArn);
        function.recursiveLoop(recursiveLoop);
        return function;
    }
}
