package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.AuthenticationResultType;
import io.pileus.cognito.idp.model.NewDeviceMetadataType;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.Device;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.cognito.idp.tokens.TokenRequest;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.shape.JsonTrees;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What comes after the first factor: a new password where the user must set one, a remembered device or a second factor
 * where the pool or the user wants one, then the tokens.
 */
final class SignInCompletion {
    private final Realm realm;
    private final Challenges challenges;
    private final MfaChallenges mfa;
    private final TokenIssuer issuer;
    private final Lockout lockout;

    SignInCompletion(Realm realm, Challenges challenges, MfaChallenges mfa, TokenIssuer issuer, Lockout lockout) {
        this.realm = realm;
        this.challenges = challenges;
        this.mfa = mfa;
        this.issuer = issuer;
        this.lockout = lockout;
    }

    AuthStep afterFirstFactor(SignIn signIn, ChallengeSession.Origin origin, User user) {
        if (user.is(UserStatusType.FORCE_CHANGE_PASSWORD)) {
            return newPasswordRequired(signIn, origin, user);
        }
        return afterPassword(signIn, origin, user);
    }

    /** The second factor, unless a remembered device stands in for it. */
    AuthStep afterPassword(SignIn signIn, ChallengeSession.Origin origin, User user) {
        Optional<Device> device = knownDevice(signIn.pool(), user, origin.deviceKey());
        if (device.isPresent()) {
            return challenges.open(
                    signIn,
                    "DEVICE_SRP_AUTH",
                    new ChallengeSession.DeviceSrp(origin, device.get().key()),
                    Map.of(
                            "USERNAME",
                            user.username(),
                            "DEVICE_KEY",
                            device.get().key()));
        }
        return secondFactor(signIn, origin, user);
    }

    /** The second factor, if one is wanted. */
    AuthStep secondFactor(SignIn signIn, ChallengeSession.Origin origin, User user) {
        return mfa.challenge(signIn, origin, user).orElseGet(() -> authenticated(signIn, origin, user));
    }

    /** A device counts when the pool challenges devices and this one has set a password of its own. */
    private static Optional<Device> knownDevice(UserPool pool, User user, String key) {
        boolean challenged = pool.settings().deviceConfiguration() != null
                && Boolean.TRUE.equals(pool.settings().deviceConfiguration().challengeRequiredOnNewDevice());
        return challenged
                ? Optional.ofNullable(user.devices().get(key))
                        .filter(device ->
                                device.remembered() && device.verifier().isPresent())
                : Optional.empty();
    }

    private AuthStep newPasswordRequired(SignIn signIn, ChallengeSession.Origin origin, User user) {
        Map<String, String> shown = new LinkedHashMap<>(user.attributes());
        List<String> missing = signIn.pool().schema().attributes().stream()
                .filter(attribute -> Boolean.TRUE.equals(attribute.required()))
                .map(attribute -> attribute.name())
                .filter(name -> !name.equals("sub") && !user.attributes().containsKey(name))
                .map(name -> "userAttributes." + name)
                .toList();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("USER_ID_FOR_SRP", user.username());
        parameters.put(
                "requiredAttributes", JsonTrees.mapper().valueToTree(missing).toString());
        parameters.put("userAttributes", JsonTrees.mapper().valueToTree(shown).toString());
        return challenges.open(
                signIn,
                "NEW_PASSWORD_REQUIRED",
                new ChallengeSession.NewPassword(
                        origin.tokenSource().equals(SignIn.HOSTED)
                                ? origin
                                : origin.withTokenSource("NewPasswordChallenge")),
                parameters);
    }

    /** All is proved: the post authentication trigger, a device key for a new device, the tokens. */
    AuthStep authenticated(SignIn signIn, ChallengeSession.Origin origin, User user) {
        UserPool pool = signIn.pool();
        Instant now = signIn.call().receivedAt();
        lockout.succeeded(signIn, user);
        Optional<Device> newDevice = newDevice(pool, user, origin.deviceKey(), signIn.ipAddress(), now);
        if (realm.triggers().has(pool, Trigger.POST_AUTHENTICATION)) {
            Triggers.Event event = Triggers.Event.about(
                    pool,
                    "PostAuthentication_Authentication",
                    user,
                    signIn.client().id());
            event.request().put("newDeviceUsed", newDevice.isPresent());
            event.putUnlessEmpty("clientMetadata", signIn.clientMetadata());
            realm.triggers().call(Trigger.POST_AUTHENTICATION, event, signIn.call());
        }
        Optional<String> deviceKey = newDevice
                .map(Device::key)
                .or(() -> Optional.of(origin.deviceKey()).filter(user.devices()::containsKey));
        AuthenticationResultType.Builder result = origin.tokenSource().equals(SignIn.HOSTED)
                ? AuthenticationResultType.builder()
                : issue(signIn, origin, user, deviceKey).result();
        deviceKey.ifPresent(key -> pool.users().note(user.username(), draft -> {
            newDevice.ifPresent(device -> draft.devices.put(key, device));
            draft.devices.computeIfPresent(key, (k, device) -> device.authenticated(now));
        }));
        AuthEvents.record(realm, signIn, user, AuthEvents.Outcome.PASSED, "Password");
        return new AuthStep.Authenticated(
                user.username(),
                deviceKey,
                result.newDeviceMetadata(newDevice
                                .map(device -> NewDeviceMetadataType.builder()
                                        .deviceKey(device.key())
                                        .deviceGroupKey(device.groupKey())
                                        .build())
                                .orElse(null))
                        .build());
    }

    private TokenIssuer.Issued issue(
            SignIn signIn, ChallengeSession.Origin origin, User user, Optional<String> deviceKey) {
        return issuer.issue(new TokenRequest(
                signIn.pool(),
                signIn.client(),
                user,
                signIn.call().receivedAt(),
                origin.tokenSource(),
                List.of(TokenRequest.ADMIN_SCOPE),
                false,
                Optional.empty(),
                Optional.empty(),
                deviceKey,
                signIn.clientMetadata(),
                signIn.call()));
    }

    /** Where the pool keeps devices, a sign-in from none that it knows makes one, not yet confirmed. */
    private Optional<Device> newDevice(UserPool pool, User user, String key, String ipAddress, Instant now) {
        if (pool.settings().deviceConfiguration() == null || user.devices().containsKey(key)) {
            return Optional.empty();
        }
        return Optional.of(new Device(
                pool.region() + "_" + realm.env().ids().uuid(),
                "-" + realm.secretName(6),
                "",
                ipAddress,
                Optional.empty(),
                false,
                now,
                now,
                now));
    }
}
