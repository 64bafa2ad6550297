package io.pileus.lambda;

import io.pileus.core.service.CallContext;
import io.pileus.lambda.mapping.Mappings;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.CodeSigning;
import io.pileus.lambda.state.LambdaState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tags of functions, event source mappings and code signing configurations. */
final class TagOperations {
    private static final int TAGS_MAX = 50;

    private final Functions functions;
    private Optional<Mappings> mappings = Optional.empty();

    TagOperations(Functions functions) {
        this.functions = functions;
    }

    void mappingTags(Mappings owner) {
        mappings = Optional.of(owner);
    }

    ListTagsResponse listTags(ListTagsRequest input, CallContext call) {
        if (input.resource().contains(":event-source-mapping:")) {
            return ListTagsResponse.builder()
                    .tags(mappings.orElseThrow().tags(input.resource(), call))
                    .build();
        }
        if (isCodeSigning(input.resource())) {
            return onCodeSigning(
                    input.resource(),
                    call,
                    tags -> ListTagsResponse.builder().tags(Map.copyOf(tags)).build());
        }
        FunctionReference reference = function(input.resource(), call);
        return functions
                .state(reference)
                .locked(() -> ListTagsResponse.builder()
                        .tags(Map.copyOf(functions.function(reference).tags()))
                        .build());
    }

    TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        if (input.resource().contains(":event-source-mapping:")) {
            mappings.orElseThrow().tag(input.resource(), input.tags(), call);
            return TagResourceResponse.builder().build();
        }
        if (isCodeSigning(input.resource())) {
            return onCodeSigning(input.resource(), call, tags -> {
                add(tags, input.tags());
                return TagResourceResponse.builder().build();
            });
        }
        FunctionReference reference = function(input.resource(), call);
        return functions.state(reference).locked(() -> {
            add(functions.function(reference).tags(), input.tags());
            return TagResourceResponse.builder().build();
        });
    }

    UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        if (input.resource().contains(":event-source-mapping:")) {
            mappings.orElseThrow().untag(input.resource(), input.tagKeys(), call);
            return UntagResourceResponse.builder().build();
        }
        if (isCodeSigning(input.resource())) {
            return onCodeSigning(input.resource(), call, tags -> {
                tags.keySet().removeAll(input.tagKeys());
                return UntagResourceResponse.builder().build();
            });
        }
        FunctionReference reference = function(input.resource(), call);
        return functions.state(reference).locked(() -> {
            functions.function(reference).tags().keySet().removeAll(input.tagKeys());
            return UntagResourceResponse.builder().build();
        });
    }

    private static FunctionReference function(String resource, CallContext call) {
        FunctionReference reference = Functions.reference(resource, null, call);
        if (reference.qualifier().isPresent()) {
            throw LambdaErrors.invalid("Tags on function aliases and versions are not supported. Please specify either"
                    + " a function ARN or an event source mapping ARN.");
        }
        return reference;
    }

    private static boolean isCodeSigning(String resource) {
        return resource.contains(":code-signing-config:");
    }

    /** Reads or changes a configuration's tags. */
    private <T> T onCodeSigning(String arn, CallContext call, Function<Map<String, String>, T> work) {
        LambdaState state = functions.scopes().of(call);
        return state.locked(() -> {
            CodeSigning before = CodeSigningOperations.codeSigning(state, arn);
            Map<String, String> tags = new HashMap<>(before.tags());
            T answer = work.apply(tags);
            state.codeSignings().put(arn, new CodeSigning(before.config(), tags));
            return answer;
        });
    }

    /** Adds tags to those of a resource; to be called under the lock of its state. */
    static void add(Map<String, String> tags, Map<String, String> added) {
        HashMap<String, String> all = new HashMap<>(tags);
        all.putAll(added);
        if (all.size() > TAGS_MAX) {
            throw LambdaErrors.invalid("Number of tags exceeds resource tag limit.");
        }
        if (added.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw LambdaErrors.invalid("System tags can not be added/updated.");
        }
        tags.putAll(added);
    }
}
