package io.pileus.lambda;

import io.pileus.core.service.Scopes;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.lambda.mapping.Mappings;
import io.pileus.lambda.state.Code;
import io.pileus.lambda.state.CodeSigning;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import io.pileus.lambda.state.Layer;
import io.pileus.lambda.state.SavedFunction;
import io.pileus.lambda.state.SavedFunction.SavedCode;
import io.pileus.lambda.state.SavedLayer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lambda saved and loaded: functions, layers, archives, code signing configurations, event source mappings with their positions, and events that wait for
 * another attempt. Scripts, registered Java code and logs are not kept, nor is what a sandbox holds.
 */
final class LambdaSaves {
    private final Scopes<LambdaState> scopes;
    private final Mappings mappings;
    private final AsyncInvocations events;

    LambdaSaves(Scopes<LambdaState> scopes, Mappings mappings, AsyncInvocations events) {
        this.scopes = scopes;
        this.mappings = mappings;
        this.events = events;
    }

    /** What is told of one account and region, collected under its lock. */
    private record Told(
            Map<String, SavedFunction> functions,
            Map<String, SavedLayer> layers,
            Map<String, CodeSigning> codeSignings,
            Map<String, Code> codes) {}

    void save(StateSink sink) {
        for (LambdaState state : scopes.all()) {
            Scope scope = new Scope(state.account(), state.region());
            Told told = state.locked(() -> told(state));
            told.functions().forEach((name, function) -> sink.put(scope, "function", name, function));
            told.layers().forEach((name, layer) -> sink.put(scope, "layer", name, layer));
            told.codeSignings().forEach((arn, signing) -> sink.put(scope, "codeSigningConfig", arn, signing));
            told.codes()
                    .forEach((sha256, code) -> sink.put(
                            scope,
                            "code",
                            sha256,
                            sha256,
                            () -> new SavedCode(code.zip(), code.unzippedBytes(), code.imageUri())));
        }
        mappings.save(sink);
        events.save(sink);
    }

    private static Told told(LambdaState state) {
        Map<String, Code> codes = new LinkedHashMap<>();
        Map<String, SavedFunction> functions = new LinkedHashMap<>();
        for (Function function : state.functions().values()) {
            functions.put(function.name(), SavedFunction.of(function, code -> codes.put(code.sha256(), code)));
        }
        Map<String, SavedLayer> layers = new LinkedHashMap<>();
        for (Layer layer : state.layers().values()) {
            layers.put(layer.name(), SavedLayer.of(layer, code -> codes.put(code.sha256(), code)));
        }
        return new Told(functions, layers, new LinkedHashMap<>(state.codeSignings()), codes);
    }

    void load(StateSource source) {
        Map<Scope, Map<String, Code>> codes = new HashMap<>();
        source.each(
                "code",
                SavedCode.class,
                (scope, sha256, saved) -> codes.computeIfAbsent(scope, s -> new HashMap<>())
                        .put(sha256, new Code(saved.zip(), sha256, saved.unzippedBytes(), saved.imageUri())));
        source.each("function", SavedFunction.class, (scope, name, saved) -> {
            Function function = saved.function(sha256 -> code(codes, scope, sha256));
            LambdaState state = scopes.of(scope.account(), scope.region());
            state.locked(() -> state.functions().put(name, function));
        });
        source.each("layer", SavedLayer.class, (scope, name, saved) -> {
            Layer layer = saved.layer(sha256 -> code(codes, scope, sha256));
            LambdaState state = scopes.of(scope.account(), scope.region());
            state.locked(() -> state.layers().put(name, layer));
        });
        source.each("codeSigningConfig", CodeSigning.class, (scope, arn, signing) -> {
            LambdaState state = scopes.of(scope.account(), scope.region());
            state.locked(() -> state.codeSignings().put(arn, signing));
        });
        mappings.load(source);
        events.load(source);
    }

    private static Code code(Map<Scope, Map<String, Code>> codes, Scope scope, String sha256) {
        Code code = codes.getOrDefault(scope, Map.of()).get(sha256);
        if (code == null) {
            throw new IllegalArgumentException("an archive is missing");
        }
        return code;
    }

    void resume() {
        mappings.resume();
        events.resume();
    }
}
