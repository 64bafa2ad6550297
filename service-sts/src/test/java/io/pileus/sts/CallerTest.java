package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.SeededIds;
import io.pileus.core.service.CallContext;
import io.pileus.iam.AccessKeyIds;
import io.pileus.iam.model.CreateVirtualMFADeviceRequest;
import io.pileus.iam.model.EnableMFADeviceRequest;
import io.pileus.iam.state.Totp;
import io.pileus.sts.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    private final Identity identity = new Identity();

    private GetCallerIdentityResponse who(CallContext call) {
        return identity.sts.getCallerIdentity(GetCallerIdentityRequest.builder().build(), call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000000000", "123456789012", "999999999999"})
    void accessKeyIdsEncodeTheirAccount(String account) {
        String id = AccessKeyIds.temporary(new AccountId(account), new SeededIds(7));

        assertThat(id).matches("ASIA[A-Z2-7]{16}");
        assertThat(AccessKeyIds.account(id)).contains(new AccountId(account));
    }

    @Test
    void aKeyOfAwssOwnIsDecoded() {
        // The worked example of https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489
        assertThat(AccessKeyIds.account("ASIAQNZGKIQY56JQ7WML")).contains(new AccountId("029608264753"));
    }

    @Test
    void aUserIsItself() {
        GetCallerIdentityResponse who = who(identity.aUser("alice"));

        assertThat(who.arn()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":user/alice");
        assertThat(who.userId()).matches("AIDA[A-Z0-9]{17}");
        assertThat(who(identity.root()).arn()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":root");
        assertThat(who(identity.root()).userId()).isEqualTo(ACCOUNT);
    }

    @Test
    void aSessionTokenIsForTheSameUser() {
        CallContext alice = identity.aUser("alice");
        var session =
                identity.sts.getSessionToken(GetSessionTokenRequest.builder().build(), alice);

        assertThat(session.credentials().expiration())
                .isEqualTo(identity.env.now().plus(Duration.ofHours(12)));
        CallContext call = identity.as(session.credentials());
        assertThat(who(call).arn()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":user/alice");
        refused(() -> identity.sts.getSessionToken(
                        GetSessionTokenRequest.builder().build(), call))
                .hasMessage("Cannot call GetSessionToken with session credentials");
    }

    @Test
    void aFederatedUserHasItsOwnName() {
        var session = identity.sts.getFederationToken(
                GetFederationTokenRequest.builder().name("bob").build(), identity.root());

        assertThat(session.credentials().expiration())
                .isEqualTo(identity.env.now().plus(Duration.ofHours(1)));
        GetCallerIdentityResponse who = who(identity.as(session.credentials()));
        assertThat(who.arn()).isEqualTo("arn:aws:sts::" + ACCOUNT + ":federated-user/bob");
        assertThat(who.userId()).isEqualTo(ACCOUNT + ":bob");
    }

    @Test
    void rootOfAnotherAccountIsTakenOnForATask() {
        var session = identity.sts.assumeRoot(
                AssumeRootRequest.builder()
                        .targetPrincipal("222222222222")
                        .taskPolicyArn(PolicyDescriptorType.builder()
                                .arn("arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy")
                                .build())
                        .build(),
                identity.root());

        assertThat(who(identity.as(session.credentials())).arn()).isEqualTo("arn:aws:iam::222222222222:root");
    }

    @ParameterizedTest(name = "at {0} s the code is {1}")
    @CsvSource({"59, 287082", "1111111109, 081804", "1234567890, 005924", "20000000000, 353130"})
    void codesAreThoseOfRfc6238(long seconds, String code) {
        // RFC 6238, appendix B: the seed is the ASCII text, and the codes are the last six digits of its SHA-1 column.
        Totp totp = new Totp("12345678901234567890".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(totp.codeAt(Instant.ofEpochSecond(seconds))).isEqualTo(code);
    }

    @Test
    void anMfaCodeIsReallyCheckedAndGoodOnce() {
        CallContext alice = identity.aUser("alice");
        var device = identity.iam
                .createVirtualMFADevice(
                        CreateVirtualMFADeviceRequest.builder()
                                .virtualMFADeviceName("phone")
                                .build(),
                        identity.root())
                .virtualMFADevice();
        Totp phone = new Totp(decode(new String(device.base32StringSeed().bytes())));
        Instant now = identity.env.now();
        identity.iam.enableMFADevice(
                EnableMFADeviceRequest.builder()
                        .userName("alice")
                        .serialNumber(device.serialNumber())
                        .authenticationCode1(phone.codeAt(now.minusSeconds(30)))
                        .authenticationCode2(phone.codeAt(now))
                        .build(),
                identity.root());
        GetSessionTokenRequest.Builder request =
                GetSessionTokenRequest.builder().serialNumber(device.serialNumber());

        String code = phone.codeAt(now);
        assertThat(identity.sts
                        .getSessionToken(request.tokenCode(code).build(), alice)
                        .credentials())
                .isNotNull();
        refused(() -> identity.sts.getSessionToken(request.tokenCode(code).build(), alice))
                .hasMessage("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
        refused(() -> identity.sts.getSessionToken(
                        request.serialNumber("arn:aws:iam::" + ACCOUNT + ":mfa/none")
                                .build(),
                        alice))
                .hasMessageContaining("unable to validate MFA code");
    }

    private static byte[] decode(String base32) {
        byte[] bytes = new byte[base32.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (char c : base32.toCharArray()) {
            buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bytes[at++] = (byte) (buffer >> (bits - 8));
                bits -= 8;
                buffer &= (1 << bits) - 1;
            }
        }
        return Arrays.copyOf(bytes, at);
    }

    @Test
    void anInactiveOrDeletedKeyIsRefused() {
        identity.aUser("alice");
        var key = identity.iam
                .createAccessKey(
                        io.pileus.iam.model.CreateAccessKeyRequest.builder()
                                .userName("alice")
                                .build(),
                        identity.root())
                .accessKey();
        identity.iam.updateAccessKey(
                io.pileus.iam.model.UpdateAccessKeyRequest.builder()
                        .userName("alice")
                        .accessKeyId(key.accessKeyId())
                        .status("Inactive")
                        .build(),
                identity.root());

        assertThat(identity.sessions().lookup(key.accessKeyId(), Optional.empty()))
                .isInstanceOf(io.pileus.core.port.RoleSessions.Invalid.class);
        assertThat(identity.sts
                        .getAccessKeyInfo(
                                GetAccessKeyInfoRequest.builder()
                                        .accessKeyId(key.accessKeyId())
                                        .build(),
                                identity.root())
                        .account())
                .isEqualTo(ACCOUNT);
    }

    @Test
    void aMessageThatIsNotOursIsNotDecoded() {
        refused(() -> identity.sts.decodeAuthorizationMessage(
                        DecodeAuthorizationMessageRequest.builder()
                                .encodedMessage("abc")
                                .build(),
                        identity.root()))
                .satisfies(e -> assertThat(e.queryCode()).isEqualTo("InvalidAuthorizationMessageException"));
    }

    @Test
    void sessionPoliciesTakeSpace() {
        String filler = "x".repeat(1500);
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"" + filler
                + "\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
        var session = identity.sts.getFederationToken(
                GetFederationTokenRequest.builder().name("bob").policy(policy).build(), identity.root());

        assertThat(session.packedPolicySize()).isBetween(1, 100);
        refused(() -> identity.sts.getFederationToken(
                        GetFederationTokenRequest.builder()
                                .name("bob")
                                .policyArns(List.of(PolicyDescriptorType.builder()
                                        .arn("arn:aws:iam::" + ACCOUNT + ":policy/none")
                                        .build()))
                                .build(),
                        identity.root()))
                .hasMessageContaining("does not exist or is not attachable");
    }
}
