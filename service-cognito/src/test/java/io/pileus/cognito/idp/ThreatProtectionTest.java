package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Risk configurations, blocked addresses, and the history of a user's sign-ins. */
class ThreatProtectionTest {
    private final Cognito cognito = Cognito.fresh();
    private final String pool = pool("ENFORCED");
    private final String client = cognito.client(pool);

    private String pool(String mode) {
        return cognito.pool(p -> p.userPoolTier("PLUS")
                .autoVerifiedAttributes(List.of("email"))
                .userPoolAddOns(
                        UserPoolAddOnsType.builder().advancedSecurityMode(mode).build()));
    }

    private SetRiskConfigurationResponse set(
            String poolId, UnaryOperator<SetRiskConfigurationRequest.Builder> configuration) {
        return cognito.service.setRiskConfiguration(
                configuration
                        .apply(SetRiskConfigurationRequest.builder().userPoolId(poolId))
                        .build(),
                cognito.call());
    }

    private static RiskExceptionConfigurationType blocking(String... ranges) {
        return RiskExceptionConfigurationType.builder()
                .blockedIPRangeList(List.of(ranges))
                .build();
    }

    private AdminInitiateAuthResponse signInFrom(String poolId, String clientId, String address) {
        return cognito.service.adminInitiateAuth(
                AdminInitiateAuthRequest.builder()
                        .userPoolId(poolId)
                        .clientId(clientId)
                        .authFlow("ADMIN_USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "alice", "PASSWORD", PASSWORD))
                        .contextData(ContextDataType.builder()
                                .ipAddress(address)
                                .serverName("app.example.com")
                                .serverPath("/")
                                .httpHeaders(List.of())
                                .build())
                        .build(),
                cognito.call());
    }

    private List<AuthEventType> events() {
        return cognito.service
                .adminListUserAuthEvents(
                        AdminListUserAuthEventsRequest.builder()
                                .userPoolId(pool)
                                .username("alice")
                                .build(),
                        cognito.call())
                .authEvents();
    }

    @Test
    void aBlockedAddressCannotSignInWhateverThePassword() {
        cognito.user(client, "alice");
        set(pool, r -> r.riskExceptionConfiguration(blocking("203.0.113.0/24", "2001:db8::/32")));

        for (String address : List.of("203.0.113.9", "2001:db8::9")) {
            assertThatThrownBy(() -> signInFrom(pool, client, address))
                    .isInstanceOf(NotAuthorizedException.class)
                    .hasMessage("Request not allowed due to security reasons.");
        }
        assertThat(signInFrom(pool, client, "198.51.100.1").authenticationResult())
                .isNotNull();

        assertThat(events()).extracting(e -> e.eventRisk().riskDecision()).containsExactly("NoRisk", "Block", "Block");
        assertThat(events().getLast().eventResponse()).isEqualTo("Fail");
        assertThat(events().getLast().eventContextData().ipAddress()).isEqualTo("203.0.113.9");
    }

    @Test
    void addressesAreNotBlockedWhereThePoolOnlyAudits() {
        String auditing = pool("AUDIT");
        String app = cognito.client(auditing);
        cognito.user(app, "alice");
        set(auditing, r -> r.riskExceptionConfiguration(blocking("203.0.113.0/24")));
        assertThat(signInFrom(auditing, app, "203.0.113.9").authenticationResult())
                .isNotNull();
    }

    @Test
    void aClientsOwnConfigurationStandsInThePlaceOfThePoolsUntilItIsReset() {
        cognito.user(client, "alice");
        set(pool, r -> r.riskExceptionConfiguration(blocking("203.0.113.0/24")));
        set(pool, r -> r.clientId(client).riskExceptionConfiguration(blocking("198.51.100.0/24")));
        assertThat(signInFrom(pool, client, "203.0.113.9").authenticationResult())
                .isNotNull();

        assertThat(set(pool, r -> r.clientId(client))
                        .riskConfiguration()
                        .riskExceptionConfiguration()
                        .blockedIPRangeList())
                .containsExactly("203.0.113.0/24");
        assertThatThrownBy(() -> signInFrom(pool, client, "203.0.113.9")).isInstanceOf(NotAuthorizedException.class);

        assertThat(set(pool, r -> r).riskConfiguration().riskExceptionConfiguration())
                .isNull();
    }

    @Test
    void rangesMustBeInCidrNotation() {
        for (String range : List.of("203.0.113.9", "203.0.113.0/33", "example.com/8")) {
            assertThatThrownBy(() -> set(pool, r -> r.riskExceptionConfiguration(blocking(range))))
                    .isInstanceOf(InvalidParameterException.class);
        }
    }

    @Test
    void onlyAClientWithASecretMaySayWhereItsUsersAre() {
        assertThatThrownBy(() -> cognito.client(pool, c -> c.enablePropagateAdditionalUserContextData(true)))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(cognito.client(pool, c -> c.generateSecret(true).enablePropagateAdditionalUserContextData(true)))
                .isNotEmpty();
    }

    @Test
    void feedbackIsDatedWhenItIsGiven() {
        cognito.user(client, "alice");
        cognito.signIn(client, "alice", PASSWORD);
        cognito.advance(Duration.ofMinutes(5));
        Instant given = cognito.env.now();
        cognito.service.adminUpdateAuthEventFeedback(
                AdminUpdateAuthEventFeedbackRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .eventId(events().getFirst().eventId())
                        .feedbackValue("Valid")
                        .build(),
                cognito.call());
        assertThat(events().getFirst().eventFeedback().feedbackDate()).isEqualTo(given);
        assertThat(events().getFirst().eventFeedback().feedbackValue()).isEqualTo("Valid");
    }
}
