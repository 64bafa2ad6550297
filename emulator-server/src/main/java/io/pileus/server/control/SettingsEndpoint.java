package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code /_pileus/settings}: GET tells what can be changed while the server runs, POST changes it: {@code strict}, and {@code
 * quotas} by service.
 */
final class SettingsEndpoint {
    private static final Set<String> FIELDS = Set.of("strict", "quotas");

    /** A service's quotas, the setting that switches them on, and whether they are on without it. */
    private record Quota(String service, String setting, boolean otherwise) {}

    private static final Quota[] QUOTAS = {
        new Quota("sqs", "PILEUS_SQS_QUOTAS", false),
        new Quota("kms", "PILEUS_KMS_QUOTAS", false),
        new Quota("kinesis", "PILEUS_KINESIS_QUOTAS", false),
        new Quota("cognito-idp", "COGNITO_RATE_LIMITS", true),
    };

    private final Emulator emulator;
    private final Settings settings;

    SettingsEndpoint(Emulator emulator, Settings settings) {
        this.emulator = emulator;
        this.settings = settings;
    }

    HttpResponse read() {
        ObjectNode answer = Json.object().put("strict", emulator.conditions().strict());
        ObjectNode quotas = answer.putObject("quotas");
        for (Quota quota : QUOTAS) {
            quotas.put(quota.service(), settings.flag(quota.setting(), quota.otherwise()));
        }
        return Json.answer(answer);
    }

    HttpResponse change(HttpRequest request) {
        ObjectNode wanted = Json.body(request, FIELDS);
        Map<String, Boolean> changes = new LinkedHashMap<>();
        JsonNode quotas = wanted.path("quotas");
        if (quotas.isBoolean()) {
            for (Quota quota : QUOTAS) {
                changes.put(quota.setting(), quotas.asBoolean());
            }
        } else if (!quotas.isMissingNode()) {
            quotas.properties().forEach(field -> changes.put(setting(field.getKey()), flag(field.getValue())));
        }
        if (wanted.has("strict")) {
            emulator.conditions().strict(flag(wanted.get("strict")));
        }
        changes.forEach((name, on) -> settings.change(name, on ? "1" : "0"));
        return read();
    }

    private static String setting(String service) {
        for (Quota quota : QUOTAS) {
            if (quota.service().equals(service)) {
                return quota.setting();
            }
        }
        throw new Json.BadRequest("no quotas of '" + service + "' can be switched");
    }

    private static boolean flag(JsonNode value) {
        if (!value.isBoolean()) {
            throw new Json.BadRequest("on is true and off is false");
        }
        return value.asBoolean();
    }
}
