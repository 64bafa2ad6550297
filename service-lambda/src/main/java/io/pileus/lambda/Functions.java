package io.pileus.lambda;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.lambda.model.AliasConfiguration;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Finds functions, versions and aliases, with Lambda's errors for those that are not there. */
final class Functions {
    private static final DateTimeFormatter LAST_MODIFIED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    private final Scopes<LambdaState> scopes;

    Functions(Scopes<LambdaState> scopes) {
        this.scopes = scopes;
    }

    Scopes<LambdaState> scopes() {
        return scopes;
    }

    LambdaState state(FunctionReference reference) {
        return scopes.of(reference.account(), reference.region());
    }

    /** The function; to be called under the state's lock. */
    Function function(FunctionReference reference) {
        Function function = state(reference).functions().get(reference.name());
        if (function == null) {
            throw LambdaErrors.functionNotFound(reference.arn());
        }
        return function;
    }

    /** The version that a qualifier, an alias or nothing means. */
    static Function.Version version(Function function, FunctionReference reference) {
        String qualifier = reference.qualifier().orElse(Function.LATEST);
        AliasConfiguration alias = function.aliases().get(qualifier);
        String version = alias == null ? qualifier : String.valueOf(alias.functionVersion());
        return function.version(version)
                .orElseThrow(() -> isVersion(qualifier)
                        ? LambdaErrors.functionNotFound(reference.arn())
                        : LambdaErrors.aliasNotFound(reference.arn()));
    }

    /** Checks that a qualifier, if there is one, means something. */
    static String qualifier(Function function, FunctionReference reference) {
        version(function, reference);
        return reference.qualifier().orElse(Function.LATEST);
    }

    static boolean isVersion(String qualifier) {
        return qualifier.equals(Function.LATEST) || qualifier.chars().allMatch(Character::isDigit);
    }

    static FunctionReference reference(@Nullable String name, @Nullable String qualifier, CallContext call) {
        return FunctionReference.parse(name == null ? "" : name, qualifier, call);
    }

    static String lastModified(Instant at) {
        return LAST_MODIFIED.format(at);
    }

    static void checkRevision(@Nullable String given, String actual) {
        if (given != null && !given.equals(actual)) {
            throw LambdaErrors.revisionMismatch();
        }
    }
}
