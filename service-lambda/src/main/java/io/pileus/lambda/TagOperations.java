package io.pileus.lambda;

import io.pileus.core.service.CallContext;
import io.pileus.lambda.mapping.Mappings;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tags of functions and event source mappings. */
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
        FunctionReference reference = function(input.resource(), call);
        return functions.state(reference).locked(() -> {
            add(functions.function(reference), input.tags());
            return TagResourceResponse.builder().build();
        });
    }

    UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        if (input.resource().contains(":event-source-mapping:")) {
            mappings.orElseThrow().untag(input.resource(), input.tagKeys(), call);
            return UntagResourceResponse.builder().build();
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

    /** Adds tags; to be called under the lock of the function's state. */
    static void add(Function function, Map<String, String> tags) {
        HashMap<String, String> all = new HashMap<>(function.tags());
        all.putAll(tags);
        if (all.size() > TAGS_MAX) {
            throw LambdaErrors.invalid("Number of tags exceeds resource tag limit.");
        }
        if (tags.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw LambdaErrors.invalid("System tags can not be added/updated.");
        }
        function.tags().putAll(tags);
    }
}
