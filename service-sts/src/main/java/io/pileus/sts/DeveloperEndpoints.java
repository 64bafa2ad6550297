package io.pileus.sts;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.time.EmulatorClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What tests need beside the API: keys for issuers out of reach, and tokens that only AWS's console hands out. */
final class DeveloperEndpoints {
    private static final int KEYS_BYTES_MAX = 64 * 1024;
    private static final Duration TRADE_IN_WITHIN = Duration.ofMinutes(15);

    private final WebIdentityKeys keys;
    private final Seal seal;
    private final EmulatorClock clock;

    DeveloperEndpoints(WebIdentityKeys keys, Seal seal, EmulatorClock clock) {
        this.keys = keys;
        this.seal = seal;
        this.clock = clock;
    }

    List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Set.of("PUT"), "/_pileus/iam/oidc-keys", this::putKeys),
                HttpRoute.post("/_pileus/sts/trade-in-tokens", this::tradeInToken));
    }

    /** {@code PUT ?issuer=https://…} with a JSON Web Key Set as its body. */
    private CompletionStage<HttpResponse> putKeys(HttpRequest request, Map<String, String> labels, CallContext call) {
        String issuer = parameter(request, "issuer");
        try (InputStream body = request.body().open()) {
            byte[] bytes = body.readNBytes(KEYS_BYTES_MAX + 1);
            if (issuer.isEmpty() || bytes.length > KEYS_BYTES_MAX) {
                return answer(400, "{\"message\":\"name the issuer, and send a key set of at most 64 KiB\"}");
            }
            keys.supply(issuer, new String(bytes, StandardCharsets.UTF_8));
            return answer(200, "{}");
        } catch (ParseException e) {
            return answer(400, "{\"message\":\"not a JSON Web Key Set\"}");
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** {@code POST ?role=arn:aws:iam::…:role/…}: a token for GetDelegatedAccessToken, good for 15 minutes. */
    private CompletionStage<HttpResponse> tradeInToken(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        String role = parameter(request, "role");
        if (!role.matches("arn:aws[a-z-]{0,20}:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,600}")) {
            return answer(400, "{\"message\":\"name the role\"}");
        }
        long expires = clock.instant().plus(TRADE_IN_WITHIN).getEpochSecond();
        return answer(
                200, "{\"tradeInToken\":\"" + seal.seal(CallerOperations.TRADE_IN_TOKEN, expires + " " + role) + "\"}");
    }

    private static CompletionStage<HttpResponse> answer(int status, String json) {
        return CompletableFuture.completedFuture(HttpResponse.json(status, json));
    }

    static String parameter(HttpRequest request, String name) {
        for (String pair : request.query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                try {
                    return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return "";
                }
            }
        }
        return "";
    }
}
