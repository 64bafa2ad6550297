package io.pileus.server.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.ResetScope;
import java.util.Optional;
import java.util.Set;

/**
 * Forgets state: {@code POST /_pileus/reset} with {@code service}, {@code account} and {@code region} (each may be left
 * out), and the paths that users of other emulators know.
 */
final class ResetEndpoint {
    private static final Set<String> FIELDS = Set.of("service", "account", "region");

    private final Emulator emulator;

    ResetEndpoint(Emulator emulator) {
        this.emulator = emulator;
    }

    HttpResponse reset(HttpRequest request) {
        ObjectNode wanted = Json.body(request, FIELDS);
        try {
            return reset(
                    text(wanted, "service"),
                    new ResetScope(
                            text(wanted, "account").map(AccountId::new),
                            text(wanted, "region").map(Region::new)));
        } catch (IllegalArgumentException e) {
            throw new Json.BadRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> text(ObjectNode wanted, String field) {
        return Optional.ofNullable(wanted.get(field)).map(value -> value.asText());
    }

    HttpResponse resetAll() {
        return reset(Optional.empty(), ResetScope.EVERYTHING);
    }

    HttpResponse resetService(String service) {
        return reset(Optional.of(service), ResetScope.EVERYTHING);
    }

    private HttpResponse reset(Optional<String> service, ResetScope scope) {
        return emulator.reset(service, scope)
                ? Json.answer(Json.object().put("status", "OK"))
                : Json.error(404, "no service '" + service.orElse("") + "' is enabled");
    }
}
