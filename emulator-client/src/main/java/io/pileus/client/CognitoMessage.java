package io.pileus.client;

/**
 * A mail or text message that Cognito sent. Texts are empty where there is nothing to tell.
 *
 * @param kind what it is for, such as a sign-up
 * @param medium mail or text message
 * @param destination the address or number it went to
 * @param code the code in it
 * @param link the link in it
 */
public record CognitoMessage(
        String sentAt,
        String userPoolId,
        String clientId,
        String username,
        String kind,
        String medium,
        String destination,
        String subject,
        String body,
        String code,
        String link) {

    static CognitoMessage of(Node node) {
        return new CognitoMessage(
                node.text("sentAt"),
                node.text("userPoolId"),
                node.text("clientId"),
                node.text("username"),
                node.text("kind"),
                node.text("medium"),
                node.text("destination"),
                node.text("subject"),
                node.text("body"),
                node.text("code"),
                node.text("link"));
    }
}
