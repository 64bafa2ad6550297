package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.AuthEvent;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.SigningCertificate;
import io.pileus.core.policy.AddressRange;
import io.pileus.core.service.CallContext;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Threat protection's settings and events, log delivery, the signing certificate. */
final class ThreatOperations {
    private final Realm realm;

    ThreatOperations(Realm realm) {
        this.realm = realm;
    }

    private static void requireAddOn(UserPool pool) {
        UserPoolAddOnsType addOns = pool.settings().userPoolAddOns();
        if (addOns == null || "OFF".equals(addOns.advancedSecurityMode())) {
            throw UserPoolAddOnNotEnabledException.of("User pool add-ons are not enabled for the user pool.");
        }
    }

    /** Without any settings a pool goes back to the defaults, and a client to what the pool has. */
    SetRiskConfigurationResponse setRiskConfiguration(SetRiskConfigurationRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        requireAddOn(pool);
        String key = key(pool, input.clientId());
        if (input.riskExceptionConfiguration() != null) {
            checkRanges(input.riskExceptionConfiguration().blockedIPRangeList());
            checkRanges(input.riskExceptionConfiguration().skippedIPRangeList());
        }
        boolean assessed = input.compromisedCredentialsRiskConfiguration() != null
                || input.accountTakeoverRiskConfiguration() != null;
        if (assessed) {
            call.notEmulated("SetRiskConfiguration: risks are not assessed; every sign-in counts as without risk");
        }
        if (assessed || input.riskExceptionConfiguration() != null) {
            pool.riskConfigurations()
                    .put(
                            key,
                            RiskConfigurationType.builder()
                                    .userPoolId(pool.id())
                                    .clientId(input.clientId())
                                    .compromisedCredentialsRiskConfiguration(
                                            input.compromisedCredentialsRiskConfiguration())
                                    .accountTakeoverRiskConfiguration(input.accountTakeoverRiskConfiguration())
                                    .riskExceptionConfiguration(input.riskExceptionConfiguration())
                                    .lastModifiedDate(call.receivedAt())
                                    .build());
        } else {
            pool.riskConfigurations().remove(key);
        }
        return SetRiskConfigurationResponse.builder()
                .riskConfiguration(described(pool, input.clientId()))
                .build();
    }

    private String key(UserPool pool, @Nullable String clientId) {
        return clientId == null
                ? UserPool.ALL_CLIENTS
                : realm.client(pool, clientId).id();
    }

    private static void checkRanges(List<String> ranges) {
        for (String range : ranges) {
            if (range.indexOf('/') < 0 || AddressRange.parse(range).isEmpty()) {
                throw CognitoErrors.invalidParameter("Invalid IP range: " + range + " is not in CIDR notation.");
            }
        }
    }

    DescribeRiskConfigurationResponse describeRiskConfiguration(
            DescribeRiskConfigurationRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        requireAddOn(pool);
        key(pool, input.clientId());
        return DescribeRiskConfigurationResponse.builder()
                .riskConfiguration(described(pool, input.clientId()))
                .build();
    }

    private static RiskConfigurationType described(UserPool pool, @Nullable String clientId) {
        return pool.riskConfiguration(clientId == null ? UserPool.ALL_CLIENTS : clientId)
                .orElseGet(() -> RiskConfigurationType.builder()
                        .userPoolId(pool.id())
                        .clientId(clientId)
                        .build());
    }

    AdminListUserAuthEventsResponse adminListUserAuthEvents(AdminListUserAuthEventsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        requireAddOn(pool);
        User user = realm.user(pool, input.username());
        NavigableMap<String, AuthEvent> events = new TreeMap<>();
        int place = 0;
        for (AuthEvent event : user.events()) {
            events.put(String.format("%06d", place++), event);
        }
        Pages<AuthEvent> page = Pages.of(events, input.nextToken(), input.maxResults(), 60);
        return AdminListUserAuthEventsResponse.builder()
                .authEvents(page.items().stream().map(ThreatOperations::show).toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    private static AuthEventType show(AuthEvent event) {
        return AuthEventType.builder()
                .eventId(event.id())
                .eventType(event.type())
                .creationDate(event.at())
                .eventResponse(event.passed() ? "Pass" : "Fail")
                .eventRisk(EventRiskType.builder()
                        .riskDecision(event.blocked() ? "Block" : "NoRisk")
                        .compromisedCredentialsDetected(false)
                        .build())
                .challengeResponses(List.of(ChallengeResponseType.builder()
                        .challengeName(event.challenge())
                        .challengeResponse(event.passed() ? "Success" : "Failure")
                        .build()))
                .eventContextData(EventContextDataType.builder()
                        .ipAddress(event.ipAddress().isEmpty() ? null : event.ipAddress())
                        .build())
                .eventFeedback(feedback(event))
                .build();
    }

    private static @Nullable EventFeedbackType feedback(AuthEvent event) {
        return event.feedback().isEmpty()
                ? null
                : EventFeedbackType.builder()
                        .feedbackValue(event.feedback())
                        .provider("Admin")
                        .feedbackDate(event.feedbackAt() == null ? event.at() : event.feedbackAt())
                        .build();
    }

    AdminUpdateAuthEventFeedbackResponse adminUpdateAuthEventFeedback(
            AdminUpdateAuthEventFeedbackRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        requireAddOn(pool);
        feedback(pool, realm.user(pool, input.username()), input.eventId(), input.feedbackValue(), call.receivedAt());
        return AdminUpdateAuthEventFeedbackResponse.builder().build();
    }

    /** The token comes with notification mails, which are not sent here; no token is valid. */
    UpdateAuthEventFeedbackResponse updateAuthEventFeedback(UpdateAuthEventFeedbackRequest input, CallContext call) {
        UserPool pool = realm.pools()
                .withId(input.userPoolId())
                .orElseThrow(() -> CognitoErrors.poolNotFound(input.userPoolId()));
        requireAddOn(pool);
        realm.user(pool, input.username());
        throw CognitoErrors.notAuthorized("Invalid feedback token");
    }

    private static void feedback(UserPool pool, User user, String eventId, String value, Instant now) {
        boolean known = user.events().stream().anyMatch(event -> event.id().equals(eventId));
        if (!known) {
            throw ResourceNotFoundException.of("Event " + eventId + " does not exist.");
        }
        pool.users()
                .note(
                        user.username(),
                        draft -> draft.events.replaceAll(
                                event -> event.id().equals(eventId) ? event.withFeedback(value, now) : event));
    }

    SetLogDeliveryConfigurationResponse setLogDeliveryConfiguration(
            SetLogDeliveryConfigurationRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        for (LogConfigurationType log : input.logConfigurations()) {
            boolean events = "userAuthEvents".equals(log.eventSource());
            if (events && !"PLUS".equals(pool.settings().userPoolTier())) {
                throw FeatureUnavailableInTierException.of("userAuthEvents are available in the PLUS tier only.");
            }
            if (events != "INFO".equals(log.logLevel())) {
                throw CognitoErrors.invalidParameter(
                        "Invalid log level " + log.logLevel() + " for event source " + log.eventSource() + ".");
            }
            long targets = java.util.stream.Stream.of(
                            log.cloudWatchLogsConfiguration(), log.s3Configuration(), log.firehoseConfiguration())
                    .filter(java.util.Objects::nonNull)
                    .count();
            if (targets != 1) {
                throw CognitoErrors.invalidParameter("Exactly one log destination must be configured.");
            }
        }
        if (!input.logConfigurations().isEmpty()) {
            call.notEmulated("SetLogDeliveryConfiguration: no logs are delivered");
        }
        pool.setLogConfigurations(input.logConfigurations());
        return SetLogDeliveryConfigurationResponse.builder()
                .logDeliveryConfiguration(logs(pool))
                .build();
    }

    GetLogDeliveryConfigurationResponse getLogDeliveryConfiguration(
            GetLogDeliveryConfigurationRequest input, CallContext call) {
        return GetLogDeliveryConfigurationResponse.builder()
                .logDeliveryConfiguration(logs(realm.pool(input.userPoolId(), call)))
                .build();
    }

    private static LogDeliveryConfigurationType logs(UserPool pool) {
        return LogDeliveryConfigurationType.builder()
                .userPoolId(pool.id())
                .logConfigurations(pool.logConfigurations())
                .build();
    }

    GetSigningCertificateResponse getSigningCertificate(GetSigningCertificateRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        return GetSigningCertificateResponse.builder()
                .certificate(SigningCertificate.base64(
                        pool.signingKeys().idTokenKey(),
                        pool.id(),
                        pool.settings().creationDate()))
                .build();
    }
}
