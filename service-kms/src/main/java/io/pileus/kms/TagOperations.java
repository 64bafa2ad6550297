package io.pileus.kms;

import io.pileus.core.service.CallContext;
import io.pileus.kms.model.ListResourceTagsRequest;
import io.pileus.kms.model.ListResourceTagsResponse;
import io.pileus.kms.model.Tag;
import io.pileus.kms.model.TagResourceRequest;
import io.pileus.kms.model.TagResourceResponse;
import io.pileus.kms.model.UntagResourceRequest;
import io.pileus.kms.model.UntagResourceResponse;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The tags of keys. */
final class TagOperations {
    private static final int LIMIT = 50;

    private final KeyLookup lookup;

    TagOperations(KeyLookup lookup) {
        this.lookup = lookup;
    }

    TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.TagResource, call);
        key.tag(Tags.of(input.tags()), call.receivedAt());
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.UntagResource, call);
        key.untag(input.tagKeys(), call.receivedAt());
        return UntagResourceResponse.builder().build();
    }

    ListResourceTagsResponse listResourceTags(ListResourceTagsRequest input, CallContext call) {
        Key key = lookup.key(input.keyId(), call);
        NavigableMap<String, Tag> tags = new TreeMap<>();
        key.tags()
                .forEach((name, value) -> tags.put(
                        name, Tag.builder().tagKey(name).tagValue(value).build()));
        Page<Tag> page = Page.of(tags, Page.limit(input.limit(), LIMIT, LIMIT), input.marker());
        return ListResourceTagsResponse.builder()
                .tags(page.items())
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }
}
