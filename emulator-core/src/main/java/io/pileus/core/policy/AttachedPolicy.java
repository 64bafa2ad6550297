package io.pileus.core.policy;

/**
 * A policy in its place.
 *
 * @param name the managed policy's ARN or the inline policy's name, for explanations
 */
public record AttachedPolicy(Place place, String name, PolicyDocument document) {

    /** Where a policy stands in the evaluation, in the words of AWS's messages. */
    public enum Place {
        IDENTITY("identity-based policy", "an identity-based policy"),
        RESOURCE("resource-based policy", "a resource-based policy"),
        BOUNDARY("permissions boundary", "a permissions boundary"),
        SESSION("session policy", "a session policy"),
        TRUST("role trust policy", "the role trust policy");

        private final String words;
        private final String wordsWithArticle;

        Place(String words, String wordsWithArticle) {
            this.words = words;
            this.wordsWithArticle = wordsWithArticle;
        }

        public String words() {
            return words;
        }

        String wordsWithArticle() {
            return wordsWithArticle;
        }
    }
}
