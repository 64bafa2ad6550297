package io.pileus.stepfunctions;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tags of state machines and activities. */
final class Tags {
    /** A resource has at most 50 tags. */
    private static final int TAGS_MAX = 50;

    private final Scopes<StepFunctionsState> scopes;

    Tags(Scopes<StepFunctionsState> scopes) {
        this.scopes = scopes;
    }

    static void check(List<Tag> tags) {
        if (tags.size() > TAGS_MAX) {
            throw tooMany("");
        }
    }

    private static TooManyTagsException tooMany(String arn) {
        return TooManyTagsException.builder()
                .message("Too many tags: a resource can have at most " + TAGS_MAX + " tags")
                .resourceName(arn.isEmpty() ? null : arn)
                .build();
    }

    /** Only while the state is locked. */
    private static Map<String, String> of(StepFunctionsState state, String resourceArn) {
        Arns.Parsed arn = Arns.any(resourceArn);
        return switch (arn.type()) {
            case "stateMachine" -> {
                var machine = arn.rest().isPresent() ? null : state.machines().get(resourceArn);
                if (machine == null) {
                    throw StepFunctionsErrors.resourceNotFound(resourceArn);
                }
                yield machine.tags();
            }
            case "activity" -> {
                var activity = state.activities().get(resourceArn);
                if (activity == null) {
                    throw StepFunctionsErrors.resourceNotFound(resourceArn);
                }
                yield activity.tags();
            }
            default -> throw StepFunctionsErrors.wrongResourceType(arn.type());
        };
    }

    TagResourceOutput tagResource(TagResourceInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            Map<String, String> tags = of(state, input.resourceArn());
            Set<String> keys = new TreeSet<>(tags.keySet());
            input.tags().forEach(tag -> keys.add(String.valueOf(tag.key())));
            if (keys.size() > TAGS_MAX) {
                throw tooMany(input.resourceArn());
            }
            input.tags().forEach(tag -> tags.put(String.valueOf(tag.key()), tag.value() == null ? "" : tag.value()));
            return TagResourceOutput.builder().build();
        });
    }

    UntagResourceOutput untagResource(UntagResourceInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            input.tagKeys().forEach(of(state, input.resourceArn())::remove);
            return UntagResourceOutput.builder().build();
        });
    }

    ListTagsForResourceOutput listTagsForResource(ListTagsForResourceInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> ListTagsForResourceOutput.builder()
                .tags(of(state, input.resourceArn()).entrySet().stream()
                        .map(e -> Tag.builder()
                                .key(e.getKey())
                                .value(e.getValue())
                                .build())
                        .toList())
                .build());
    }
}
