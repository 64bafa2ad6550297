package io.pileus.cognito.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.model.CodeDeliveryDetailsType;
import io.pileus.cognito.idp.model.MessageTemplateType;
import io.pileus.cognito.idp.model.UserPoolType;
import io.pileus.cognito.idp.model.VerificationMessageTemplateType;
import io.pileus.cognito.idp.state.ConfirmationCode;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.triggers.EncryptedCode;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.CallContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends codes and invitations: composes the message from the pool's templates, asks the custom message trigger for a
 * better one, hands it to a custom sender where the pool has one, and puts it into the outbox in any case.
 */
public final class Messages {
    /** How long a code for a new user or a new attribute works. */
    static final Duration VERIFICATION_VALIDITY = Duration.ofHours(24);

    /** How long a code for a forgotten password works. */
    static final Duration RESET_VALIDITY = Duration.ofHours(1);

    private final Realm realm;

    public Messages(Realm realm) {
        this.realm = realm;
    }

    /** Why a message is sent, as the custom message trigger calls it. */
    public enum Kind {
        SIGN_UP("SignUp"),
        ADMIN_CREATE_USER("AdminCreateUser"),
        RESEND_CODE("ResendCode"),
        FORGOT_PASSWORD("ForgotPassword"),
        UPDATE_USER_ATTRIBUTE("UpdateUserAttribute"),
        VERIFY_USER_ATTRIBUTE("VerifyUserAttribute"),
        AUTHENTICATION("Authentication");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * What shall be sent.
     *
     * @param attribute where to: {@code email} or {@code phone_number}
     * @param destination the address or number
     * @param code the code, or the temporary password of an invitation
     */
    public record Letter(
            UserPool pool,
            String clientId,
            User user,
            Kind kind,
            String attribute,
            String destination,
            String code,
            Map<String, String> clientMetadata) {}

    /**
     * The welcome of a user whom somebody else has made.
     *
     * @param password the temporary password
     * @param mediums {@code SMS}, {@code EMAIL} or both; empty for the first that the user can be reached by
     */
    public record Invitation(
            UserPool pool,
            String clientId,
            User user,
            String password,
            List<String> mediums,
            Map<String, String> clientMetadata) {}

    private record Content(String subject, String body) {}

    /** A new code of six digits for a user. */
    public ConfirmationCode newCode(String attribute, String value, CallContext call, Duration validity) {
        return new ConfirmationCode(
                realm.env().ids().digits(6), attribute, value, call.receivedAt().plus(validity));
    }

    /** Sends, and says where to, as CodeDeliveryDetails do. */
    public CodeDeliveryDetailsType send(Letter letter, CallContext call) {
        boolean email = letter.attribute().equals("email");
        boolean link = linkWanted(letter);
        Content content = customized(letter, template(letter, link), call);
        Trigger sender = email ? Trigger.CUSTOM_EMAIL_SENDER : Trigger.CUSTOM_SMS_SENDER;
        if (realm.triggers().has(letter.pool(), sender)) {
            handToSender(letter, sender, call);
        }
        String url = link ? confirmationLink(letter, call) : "";
        String body = content.body().replace("{####}", letter.code()).replace("{username}", shownName(letter));
        if (link) {
            body = replaceLink(body, url);
        }
        realm.outbox()
                .send(new Outbox.Message(
                        call.receivedAt(),
                        letter.pool().id(),
                        letter.clientId(),
                        letter.user().username(),
                        letter.kind().title(),
                        email ? "EMAIL" : "SMS",
                        letter.destination(),
                        content.subject(),
                        body,
                        letter.code(),
                        url));
        return delivery(letter.attribute(), letter.destination());
    }

    /** Sends an invitation by each of its mediums that the user has an address for. */
    public void invite(Invitation invitation, CallContext call) {
        Map<String, String> attributes = invitation.user().attributes();
        List<String> mediums = invitation.mediums();
        boolean bySms = attributes.containsKey("phone_number") && (mediums.contains("SMS") || mediums.isEmpty());
        boolean byEmail = attributes.containsKey("email") && (mediums.contains("EMAIL") || mediums.isEmpty() && !bySms);
        for (String attribute : List.of("phone_number", "email")) {
            if (attribute.equals("email") ? byEmail : bySms) {
                send(
                        new Letter(
                                invitation.pool(),
                                invitation.clientId(),
                                invitation.user(),
                                Kind.ADMIN_CREATE_USER,
                                attribute,
                                attributes.get(attribute),
                                invitation.password(),
                                invitation.clientMetadata()),
                        call);
            }
        }
    }

    /** The destination as it may be shown: {@code a***@e***} and {@code +*******1234}. */
    public static CodeDeliveryDetailsType delivery(String attribute, String destination) {
        return CodeDeliveryDetailsType.builder()
                .destination(mask(attribute, destination))
                .deliveryMedium(attribute.equals("email") ? "EMAIL" : "SMS")
                .attributeName(attribute)
                .build();
    }

    public static String mask(String attribute, String destination) {
        if (attribute.equals("email")) {
            int at = destination.indexOf('@');
            String domain = at < 0 ? "" : destination.substring(at + 1);
            return first(destination) + "***@" + first(domain) + "***";
        }
        int shown = Math.min(4, Math.max(0, destination.length() - 1));
        return "+" + "*".repeat(7) + destination.substring(destination.length() - shown);
    }

    private static String first(String text) {
        return text.isEmpty() ? "" : text.substring(0, 1);
    }

    private static String shownName(Letter letter) {
        return letter.pool().hasUsernameAttributes()
                ? letter.destination()
                : letter.user().username();
    }

    private boolean linkWanted(Letter letter) {
        VerificationMessageTemplateType template = letter.pool().settings().verificationMessageTemplate();
        boolean verification = letter.kind() == Kind.SIGN_UP || letter.kind() == Kind.RESEND_CODE;
        return verification
                && letter.attribute().equals("email")
                && template != null
                && "CONFIRM_WITH_LINK".equals(template.defaultEmailOption());
    }

    private String confirmationLink(Letter letter, CallContext call) {
        return realm.base(call) + "/confirmUser?client_id=" + encode(letter.clientId()) + "&user_name="
                + encode(letter.user().username()) + "&confirmation_code=" + encode(letter.code());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String replaceLink(String body, String url) {
        int from = body.indexOf("{##");
        int to = from < 0 ? -1 : body.indexOf("##}", from + 3);
        if (to < 0) {
            return body;
        }
        return body.substring(0, from) + "<a href=\"" + url.replace("&", "&amp;") + "\">" + body.substring(from + 3, to)
                + "</a>" + body.substring(to + 3);
    }

    private Content template(Letter letter, boolean link) {
        UserPoolType settings = letter.pool().settings();
        boolean email = letter.attribute().equals("email");
        VerificationMessageTemplateType template = settings.verificationMessageTemplate();
        return switch (letter.kind()) {
            case ADMIN_CREATE_USER -> invitation(settings, email);
            case AUTHENTICATION -> authentication(letter.pool(), email);
            default -> {
                if (!email) {
                    yield new Content(
                            "",
                            or(
                                    template == null ? null : template.smsMessage(),
                                    settings.smsVerificationMessage(),
                                    "Your verification code is {####}"));
                }
                if (link) {
                    yield new Content(
                            or(template.emailSubjectByLink(), null, "Your verification link"),
                            or(
                                    template.emailMessageByLink(),
                                    null,
                                    "Please click the link below to verify your email address. {##Verify Email##}"));
                }
                yield new Content(
                        or(
                                template == null ? null : template.emailSubject(),
                                settings.emailVerificationSubject(),
                                "Your verification code"),
                        or(
                                template == null ? null : template.emailMessage(),
                                settings.emailVerificationMessage(),
                                "Your verification code is {####}"));
            }
        };
    }

    private static Content invitation(UserPoolType settings, boolean email) {
        MessageTemplateType template = settings.adminCreateUserConfig() == null
                ? null
                : settings.adminCreateUserConfig().inviteMessageTemplate();
        String standard = "Your username is {username} and temporary password is {####}";
        if (email) {
            return new Content(
                    or(template == null ? null : template.emailSubject(), null, "Your temporary password"),
                    or(template == null ? null : template.emailMessage(), null, standard));
        }
        return new Content("", or(template == null ? null : template.smsMessage(), null, standard));
    }

    private static Content authentication(UserPool pool, boolean email) {
        String standard = "Your authentication code is {####}.";
        if (email) {
            return new Content(
                    pool.mfa().email().map(config -> config.subject()).orElse("Your authentication code"),
                    pool.mfa().email().map(config -> config.message()).orElse(standard));
        }
        return new Content(
                "",
                or(
                        pool.mfa()
                                .sms()
                                .map(config -> config.smsAuthenticationMessage())
                                .orElse(null),
                        pool.settings().smsAuthenticationMessage(),
                        standard));
    }

    private static String or(@Nullable String first, @Nullable String second, String otherwise) {
        return first != null ? first : second != null ? second : otherwise;
    }

    private Content customized(Letter letter, Content standard, CallContext call) {
        Triggers.Event event = Triggers.Event.about(
                letter.pool(), "CustomMessage_" + letter.kind().title(), letter.user(), letter.clientId());
        event.request().put("codeParameter", "{####}");
        event.request().put("linkParameter", "{##Click Here##}");
        if (letter.kind() == Kind.ADMIN_CREATE_USER) {
            event.request().put("usernameParameter", "{username}");
        } else {
            event.request().putNull("usernameParameter");
        }
        event.putUnlessEmpty("clientMetadata", letter.clientMetadata());
        event.response().putNull("smsMessage").putNull("emailMessage").putNull("emailSubject");
        Optional<JsonNode> answer = realm.triggers().call(Trigger.CUSTOM_MESSAGE, event, call);
        if (answer.isEmpty()) {
            return standard;
        }
        boolean email = letter.attribute().equals("email");
        String body = text(answer.get(), email ? "emailMessage" : "smsMessage").orElse(standard.body());
        String subject = text(answer.get(), "emailSubject").filter(s -> email).orElse(standard.subject());
        if (!body.contains("{####}") && !body.contains("{##")) {
            throw Triggers.invalidAnswer(
                    "CustomMessage lambda response must contain the code parameter in the message.");
        }
        return new Content(subject, body);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private void handToSender(Letter letter, Trigger sender, CallContext call) {
        String prefix = sender == Trigger.CUSTOM_EMAIL_SENDER ? "CustomEmailSender_" : "CustomSMSSender_";
        Triggers.Event event =
                Triggers.Event.about(letter.pool(), prefix + letter.kind().title(), letter.user(), letter.clientId());
        event.request()
                .put(
                        "type",
                        sender == Trigger.CUSTOM_EMAIL_SENDER
                                ? "customEmailSenderRequestV1"
                                : "customSMSSenderRequestV1");
        event.request().put("code", EncryptedCode.of(letter.pool(), letter.code(), realm.env(), realm.random()));
        event.putUnlessEmpty("clientMetadata", letter.clientMetadata());
        realm.triggers().notify(sender, event, call);
    }
}
