package io.pileus.core.dispatch;

import io.pileus.core.identity.Region;
import io.pileus.core.service.WireProtocol;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a Host header tells of a request's goal: {@code sqs.eu-west-1.amazonaws.com}, {@code eu-west-1.queue.localhost…},
 * {@code bucket.s3.localhost…}. The least trusted hint of all.
 *
 * @param service the service the name stands for, or null
 * @param region the region in the name, or null
 * @param bucket what stands before {@code s3}, or before {@code localhost}; or null
 */
record HostName(
        @Nullable HostedService service,
        @Nullable Region region,
        @Nullable String bucket) {
    private static final HostName NONE = new HostName(null, null, null);

    static HostName parse(String host, ServiceDirectory services) {
        String name = withoutPort(host);
        if (name.isEmpty() || name.startsWith("[") || Character.isDigit(name.charAt(name.length() - 1))) {
            return NONE;
        }
        List<String> labels = List.of(name.toLowerCase(Locale.ROOT).split("\\."));
        for (int i = 0; i < labels.size() - 1; i++) {
            HostedService service = serviceOf(labels.get(i), services);
            if (service != null) {
                return new HostName(service, regionNear(labels, i), bucketBefore(labels, i, service));
            }
        }
        boolean underLocalhost = labels.size() > 1 && labels.getLast().equals("localhost");
        return underLocalhost ? new HostName(null, null, String.join(".", labels.subList(0, labels.size() - 1))) : NONE;
    }

    static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? host : host.substring(0, end + 1);
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    /** {@code queue} is SQS's older name; {@code sync-} is what SDKs put before Step Functions' synchronous calls. */
    private static @Nullable HostedService serviceOf(String label, ServiceDirectory services) {
        if (label.equals("queue")) {
            return services.named("sqs");
        }
        return services.named(label.startsWith("sync-") ? label.substring(5) : label);
    }

    private static @Nullable Region regionNear(List<String> labels, int service) {
        if (service + 1 < labels.size() && looksLikeRegion(labels.get(service + 1))) {
            return new Region(labels.get(service + 1));
        }
        return service > 0 && looksLikeRegion(labels.get(service - 1)) ? new Region(labels.get(service - 1)) : null;
    }

    private static @Nullable String bucketBefore(List<String> labels, int service, HostedService hosted) {
        return service > 0 && hosted.rest() == WireProtocol.REST_XML
                ? String.join(".", labels.subList(0, service))
                : null;
    }

    /** Such as {@code us-east-1} or {@code us-gov-west-1}. */
    static boolean looksLikeRegion(String label) {
        int dash = label.indexOf('-');
        return dash == 2
                && label.lastIndexOf('-') > dash
                && Character.isDigit(label.charAt(label.length() - 1))
                && label.length() <= 20;
    }
}
