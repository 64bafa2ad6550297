package io.pileus.core.identity;

import java.util.Optional;

/**
 * An Amazon Resource Name: {@code arn:partition:service:region:account:resource}. Region and account are empty where
 * the service leaves them out.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Amazon Resource Names</a>
 */
public record Arn(String partition, String service, String region, String account, String resource) {

    public static Arn of(String service, Region region, AccountId account, String resource) {
        return new Arn(region.partition(), service, region.id(), account.id(), resource);
    }

    /** An ARN without region, such as IAM's. */
    public static Arn global(String service, AccountId account, String resource) {
        return new Arn("aws", service, "", account.id(), resource);
    }

    /** The ARN that the text spells, or empty when it does not have the six parts. */
    public static Optional<Arn> parse(String text) {
        String[] parts = text.split(":", 6);
        if (parts.length < 6
                || !parts[0].equals("arn")
                || parts[1].isEmpty()
                || parts[2].isEmpty()
                || parts[5].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    /** The part of the resource after its first slash or colon; the whole resource when it has neither. */
    public String resourceId() {
        for (int i = 0; i < resource.length(); i++) {
            if (resource.charAt(i) == '/' || resource.charAt(i) == ':') {
                return resource.substring(i + 1);
            }
        }
        return resource;
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
