package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.auth.AuthStep;
import io.pileus.cognito.idp.crypto.SrpVerifier;
import io.pileus.cognito.idp.model.DeviceConfigurationType;
import io.pileus.cognito.idp.model.NewDeviceMetadataType;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.CallContext;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Browsers as devices of their users, in pools that keep devices. What an app does by ConfirmDevice the pages do here: a
 * browser gets a key and a password for each user, in a cookie, and shows them when that user signs in again.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html">Working
 *     with user devices</a>
 */
final class BrowserDevices {
    /** The box that users tick where they are asked whether to remember the device. */
    static final String REMEMBER = "rememberDevice";

    private static final Duration COOKIE_VALIDITY = Duration.ofDays(365);
    private static final int NAME_LENGTH_MAX = 1024;

    private final Realm realm;

    BrowserDevices(Realm realm) {
        this.realm = realm;
    }

    /** What a browser keeps: the device's key and password. */
    private record Kept(String key, String password) {
        static Optional<Kept> of(String cookie) {
            int dot = cookie.indexOf('.');
            return dot < 0
                    ? Optional.empty()
                    : Optional.of(new Kept(cookie.substring(0, dot), cookie.substring(dot + 1)));
        }

        String cookie() {
            return key + "." + password;
        }
    }

    private static Optional<Kept> kept(HttpRequest request, UserPool pool, String login) {
        return pool.find(login)
                .flatMap(user -> Cookies.get(request, Cookies.device(user)))
                .flatMap(Kept::of);
    }

    /** The key of the device that the browser is to somebody; empty for none. */
    static String key(HttpRequest request, UserPool pool, String login) {
        return kept(request, pool, login).map(Kept::key).orElse("");
    }

    /** The password of that device; empty for none. */
    static String password(HttpRequest request, UserPool pool, String login) {
        return kept(request, pool, login).map(Kept::password).orElse("");
    }

    /** Whether users of the pool are asked, as it remembers no device by itself. */
    static boolean asks(UserPool pool) {
        DeviceConfigurationType configuration = pool.settings().deviceConfiguration();
        return configuration != null && Boolean.TRUE.equals(configuration.deviceOnlyRememberedOnUserPrompt());
    }

    /**
     * Confirms the device of a sign-in if it is new, and remembers it if the pool or the user wants that.
     *
     * @param response the way back to the application, which the cookie goes along with
     * @param remember whether the user has asked for it
     */
    HttpResponse keep(
            HttpRequest request,
            HttpResponse response,
            UserPool pool,
            AuthStep.Authenticated done,
            boolean remember,
            CallContext call) {
        User user = pool.users().named(done.username()).orElseThrow();
        NewDeviceMetadataType created = done.result().newDeviceMetadata();
        if (remember || created != null && !asks(pool)) {
            done.deviceKey().ifPresent(key -> remember(pool, user, key, call));
        }
        if (created == null) {
            return response;
        }
        Kept kept = new Kept(Objects.requireNonNull(created.deviceKey()), realm.secretName(30));
        SrpVerifier verifier = SrpVerifier.of(
                Objects.requireNonNull(created.deviceGroupKey()), kept.key(), kept.password(), realm.random());
        pool.users()
                .note(
                        user.username(),
                        draft -> draft.devices.computeIfPresent(
                                kept.key(),
                                (key, device) -> device.confirmed(name(request), verifier, call.receivedAt())));
        return Cookies.set(response, Cookies.device(user), kept.cookie(), COOKIE_VALIDITY, request);
    }

    private static void remember(UserPool pool, User user, String key, CallContext call) {
        pool.users()
                .note(
                        user.username(),
                        draft -> draft.devices.computeIfPresent(
                                key, (k, device) -> device.remembered(true, call.receivedAt())));
    }

    private static String name(HttpRequest request) {
        String agent = Optional.ofNullable(request.header("user-agent")).orElse("");
        return agent.substring(0, Math.min(agent.length(), NAME_LENGTH_MAX));
    }
}
