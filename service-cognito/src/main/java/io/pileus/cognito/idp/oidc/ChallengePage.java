package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.auth.AuthStep;
import io.pileus.cognito.idp.state.Mfa;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.shape.JsonTrees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page for a challenge. All that it shows travels in its hidden fields, so that a wrong answer can be asked for again.
 *
 * @param choices the factors to choose from, or the attributes that a new password needs beside it
 * @param key the key that an authenticator app must be given; empty unless one is set up
 * @param options what a passkey is asked for, as JSON; empty unless one is
 */
record ChallengePage(
        String name,
        String session,
        String username,
        String destination,
        List<String> choices,
        String key,
        String options) {
    private static final String ATTRIBUTE = "userAttributes.";

    /** The factors that a person can choose, in the order of the pages. */
    private static final Map<String, String> LABELS = labels(
            "PASSWORD", "Sign in with password",
            "WEB_AUTHN", "Sign in with passkey",
            "EMAIL_OTP", "Email a code",
            "SMS_OTP", "Text a code",
            "SMS_MFA", "Text a code",
            "SOFTWARE_TOKEN_MFA", "Use an authenticator app");

    private static Map<String, String> labels(String... namesAndLabels) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < namesAndLabels.length; i += 2) {
            labels.put(namesAndLabels[i], namesAndLabels[i + 1]);
        }
        return Collections.unmodifiableMap(labels);
    }

    static ChallengePage of(AuthStep.Challenge challenge, String username) {
        Map<String, String> parameters = challenge.parameters();
        String list = parameters.getOrDefault("MFAS_CAN_CHOOSE", parameters.getOrDefault("requiredAttributes", ""));
        List<String> choices = challenge.name().equals("SELECT_CHALLENGE") ? offered(challenge) : strings(list);
        return new ChallengePage(
                challenge.name(),
                challenge.session(),
                parameters.getOrDefault("USER_ID_FOR_SRP", username),
                parameters.getOrDefault("CODE_DELIVERY_DESTINATION", ""),
                choices,
                "",
                parameters.getOrDefault("CREDENTIAL_REQUEST_OPTIONS", ""));
    }

    static ChallengePage setUp(String username, String session, String key) {
        return new ChallengePage("MFA_SETUP", session, username, "", List.of(), key, "");
    }

    /** The first factors to choose from; a page without a script cannot do SRP. */
    static List<String> offered(AuthStep.Challenge challenge) {
        return challenge.available().stream().filter(LABELS::containsKey).toList();
    }

    /** The page that a form was sent from. */
    static ChallengePage of(Form form) {
        return new ChallengePage(
                form.get("challenge"),
                form.get("session"),
                form.get("username"),
                form.get("destination"),
                form.value("choices").map(text -> List.of(text.split(","))).orElse(List.of()),
                form.get("key"),
                form.get("options"));
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
            case "SELECT_MFA_TYPE", "SELECT_CHALLENGE" -> answers.put("ANSWER", form.get("answer"));
            case "PASSWORD" -> answers.put("PASSWORD", form.get("answer"));
            case "WEB_AUTHN" -> answers.put("CREDENTIAL", form.get("answer"));
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
                .form(authorization.page(Browser.prefix(request) + "/login"), button())
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
            case "SELECT_MFA_TYPE", "SELECT_CHALLENGE" -> page.buttons("answer", labels(choices));
            case "PASSWORD" -> page.field("answer", "Password", "password", "current-password", "");
            case "WEB_AUTHN" ->
                page.hidden("options", options).hidden("answer", "").script(PageScript.passkey());
            case "MFA_SETUP" -> setUpFields(page);
            case "SOFTWARE_TOKEN_MFA" ->
                page.notice("Enter the code that your authenticator app shows.")
                        .field("answer", "Code", "text", "one-time-code", "");
            default ->
                page.notice("A code has been sent to " + destination + ".")
                        .field("answer", "Code", "text", "one-time-code", "");
        }
        if (isSecondFactor() && BrowserDevices.asks(authorization.pool())) {
            page.checkbox(BrowserDevices.REMEMBER, "Remember this device");
        }
        return choosesFirstFactor()
                ? page.link(authorization.page(Browser.prefix(request) + "/login"), "Sign in another way")
                : page;
    }

    /** By its name; a code by e-mail is called the same where it is the first factor. */
    private boolean isSecondFactor() {
        return switch (name) {
            case Mfa.SMS, Mfa.TOTP, Mfa.EMAIL -> true;
            case "MFA_SETUP" -> !key.isEmpty();
            default -> false;
        };
    }

    private boolean choosesFirstFactor() {
        return name.equals("PASSWORD") || name.equals("WEB_AUTHN") || name.endsWith("_OTP");
    }

    /** Where each choice has a button of its own, the form has none. */
    private String button() {
        return switch (name) {
            case "SELECT_MFA_TYPE", "SELECT_CHALLENGE" -> "";
            case "WEB_AUTHN" -> "Use your passkey";
            default -> "Continue";
        };
    }

    private static Map<String, String> labels(List<String> choices) {
        Map<String, String> labels = new LinkedHashMap<>();
        LABELS.forEach((name, label) -> {
            if (choices.contains(name)) {
                labels.put(name, label);
            }
        });
        return labels;
    }

    private String title() {
        return switch (name) {
            case "NEW_PASSWORD_REQUIRED" -> "Change your password";
            case "MFA_SETUP" -> "Set up your authenticator app";
            case "SELECT_CHALLENGE" -> "Choose how to sign in";
            case "PASSWORD", "WEB_AUTHN" -> "Sign in";
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
