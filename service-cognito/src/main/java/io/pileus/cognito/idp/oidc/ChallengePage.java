package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.auth.AuthStep;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.shape.JsonTrees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page for a challenge. All that it shows travels in its hidden fields, so that a wrong answer can be asked for again.
 *
 * @param choices the factors to choose from, or the attributes that a new password needs beside it
 * @param key the key that an authenticator app must be given; empty unless one is set up
 */
record ChallengePage(
        String name, String session, String username, String destination, List<String> choices, String key) {
    private static final String ATTRIBUTE = "userAttributes.";

    static ChallengePage of(AuthStep.Challenge challenge, String username) {
        Map<String, String> parameters = challenge.parameters();
        String list = parameters.getOrDefault("MFAS_CAN_CHOOSE", parameters.getOrDefault("requiredAttributes", ""));
        return new ChallengePage(
                challenge.name(),
                challenge.session(),
                parameters.getOrDefault("USER_ID_FOR_SRP", username),
                parameters.getOrDefault("CODE_DELIVERY_DESTINATION", ""),
                strings(list),
                "");
    }

    static ChallengePage setUp(String username, String session, String key) {
        return new ChallengePage("MFA_SETUP", session, username, "", List.of(), key);
    }

    /** The page that a form was sent from. */
    static ChallengePage of(Form form) {
        return new ChallengePage(
                form.get("challenge"),
                form.get("session"),
                form.get("username"),
                form.get("destination"),
                form.value("choices").map(text -> List.of(text.split(","))).orElse(List.of()),
                form.get("key"));
    }

    private static List<String> strings(String json) {
        List<String> strings = new ArrayList<>();
        try {
            JsonNode list = json.isEmpty()
                    ? JsonTrees.mapper().createArrayNode()
                    : JsonTrees.mapper().readTree(json);
            list.forEach(node -> strings.add(node.asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return strings;
    }

    /** What the form's fields mean to the challenge. */
    Map<String, String> answers(AuthorizationRequest authorization, Form form) {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("USERNAME", username);
        String hash = Browser.secretHash(authorization.client(), username);
        if (hash != null) {
            answers.put("SECRET_HASH", hash);
        }
        switch (name) {
            case "NEW_PASSWORD_REQUIRED" -> answers.put("NEW_PASSWORD", form.get("answer"));
            case "SELECT_MFA_TYPE" -> answers.put("ANSWER", form.get("answer"));
            case "MFA_SETUP" -> {}
            default -> answers.put(name + "_CODE", form.get("answer"));
        }
        form.values().forEach((field, value) -> {
            if (field.startsWith(ATTRIBUTE)) {
                answers.put(field, value);
            }
        });
        return answers;
    }

    Page page(HttpRequest request, AuthorizationRequest authorization) {
        Page page = new Page(title())
                .form(authorization.page(Browser.prefix(request) + "/login"), "Continue")
                .hidden("challenge", name)
                .hidden("session", session)
                .hidden("username", username)
                .hidden("destination", destination)
                .hidden("choices", String.join(",", choices))
                .hidden("key", key);
        switch (name) {
            case "NEW_PASSWORD_REQUIRED" -> {
                page.notice("Choose a new password.").field("answer", "New password", "password", "new-password", "");
                for (String attribute : choices) {
                    page.field(attribute, Page.label(attribute.substring(ATTRIBUTE.length())), "text", "on", "");
                }
            }
            case "SELECT_MFA_TYPE" -> page.choice("answer", "How do you want to verify?", choices);
            case "MFA_SETUP" -> setUpFields(page);
            case "SOFTWARE_TOKEN_MFA" ->
                page.notice("Enter the code that your authenticator app shows.")
                        .field("answer", "Code", "text", "one-time-code", "");
            default ->
                page.notice("A code has been sent to " + destination + ".")
                        .field("answer", "Code", "text", "one-time-code", "");
        }
        return page;
    }

    private String title() {
        return switch (name) {
            case "NEW_PASSWORD_REQUIRED" -> "Change your password";
            case "MFA_SETUP" -> "Set up your authenticator app";
            default -> "Verify it is you";
        };
    }

    private void setUpFields(Page page) {
        if (key.isEmpty()) {
            page.error("The second factors of this user pool cannot be set up here: an administrator must add a "
                    + "telephone number or an email address.");
            return;
        }
        page.notice("Add this key to your authenticator app, then enter the code that it shows.")
                .text("Key", key)
                .field("answer", "Code", "text", "one-time-code", "");
    }
}
