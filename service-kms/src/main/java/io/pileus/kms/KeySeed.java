package io.pileus.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.state.Alias;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyRing;
import io.pileus.kms.state.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and aliases that are there from the start, from a JSON file:
 *
 * <pre>
 *   {"Keys": [{"KeyId": "…", "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "Description": "…",
 *              "Account": "000000000000", "Region": "us-east-1", "Policy": "…", "Tags": {"a": "b"},
 *              "KeyMaterial": "base64 or hex, or PEM of a private key"}],
 *    "Aliases": [{"AliasName": "alias/a", "TargetKeyId": "…", "Account": "…", "Region": "…"}]}
 * </pre>
 *
 * <p>Only {@code KeyId} is required of a key; material that is not given is generated. A file that cannot be used stops the
 * start, with a reason.
 */
final class KeySeed {
    private final KeyLookup lookup;
    private final KeyGenerator generator;
    private final ServiceEnvironment environment;

    private final Map<String, KeyMaterial> generated = new HashMap<>();
    private JsonNode seed = MissingNode.getInstance();
    private Path file = Path.of("");

    KeySeed(KeyLookup lookup, KeyGenerator generator, ServiceEnvironment environment) {
        this.lookup = lookup;
        this.generator = generator;
        this.environment = environment;
    }

    /** Reads the file and makes everything it names. */
    void load(Path path) {
        file = path;
        try {
            seed = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("KMS_SEED_FILE " + file + " cannot be read as JSON: " + e.getMessage(), e);
        }
        apply(ResetScope.EVERYTHING);
    }

    /** Makes again what the file names in the accounts and Regions that the scope covers, with the same key material. */
    void apply(ResetScope scope) {
        for (JsonNode key : seed.path("Keys")) {
            if (covers(scope, key)) {
                createKey(key);
            }
        }
        for (JsonNode alias : seed.path("Aliases")) {
            if (covers(scope, alias)) {
                createAlias(alias);
            }
        }
    }

    private void createKey(JsonNode key) {
        String id = key.path("KeyId").asText();
        if (id.isEmpty()) {
            throw bad(file, "a key has no KeyId");
        }
        KeySpec spec = KeySpec.of(key.path("KeySpec").asText("SYMMETRIC_DEFAULT"));
        if (spec == null) {
            throw bad(file, "key " + id + " has no known KeySpec");
        }
        KeyUsage usage = usage(key, spec, file);
        KeyRing ring = ring(key);
        Map<String, String> tags = new HashMap<>();
        key.path("Tags")
                .properties()
                .forEach(t -> tags.put(t.getKey(), t.getValue().asText()));
        ring.create(
                new Key.Definition(
                        id,
                        ring.account(),
                        ring.region(),
                        spec,
                        usage,
                        Origin.AWS_KMS,
                        Key.Manager.CUSTOMER,
                        environment.clock().instant(),
                        null,
                        null),
                id.startsWith("mrk-"),
                material(key, spec, file).orElseGet(() -> generated.computeIfAbsent(id, i -> generator.generate(spec))),
                generator,
                key.path("Description").asText(""),
                key.path("Policy").asText(KeyPolicies.ofCustomerKey(ring.account(), ring.region())),
                tags);
    }

    private static KeyUsage usage(JsonNode key, KeySpec spec, Path file) {
        if (!key.has("KeyUsage")) {
            for (KeyUsage usage : KeyUsage.values()) {
                if (spec.allows(usage)) {
                    return usage;
                }
            }
        }
        for (KeyUsage usage : KeyUsage.values()) {
            if (usage.name().equals(key.path("KeyUsage").asText()) && spec.allows(usage)) {
                return usage;
            }
        }
        throw bad(file, "key " + key.path("KeyId").asText() + " cannot have its KeyUsage");
    }

    private static Optional<KeyMaterial> material(JsonNode key, KeySpec spec, Path file) {
        String text = key.path("KeyMaterial").asText().strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes;
            if (text.startsWith("-----BEGIN ")) {
                bytes = CustomKeyTags.withoutPem(text.getBytes(StandardCharsets.UTF_8));
            } else if (text.matches("([0-9a-fA-F]{2})+") && text.length() * 4 == spec.size()) {
                bytes = HexFormat.of().parseHex(text);
            } else {
                bytes = Base64.getMimeDecoder().decode(text);
            }
            return Optional.of(KeyGenerator.parse(spec, bytes));
        } catch (IllegalArgumentException | KeyMaterial.InvalidKeyMaterial e) {
            throw bad(file, "the KeyMaterial of key " + key.path("KeyId").asText() + " is none of spec " + spec);
        }
    }

    private void createAlias(JsonNode alias) {
        String name = alias.path("AliasName").asText();
        KeyRing ring = ring(alias);
        Key key = ring.key(
                        alias.path("TargetKeyId").asText(), environment.clock().instant())
                .orElseThrow(() -> bad(file, "alias " + name + " names no key"));
        if (!name.startsWith(Alias.PREFIX)) {
            throw bad(file, "the name of an alias begins with alias/: " + name);
        }
        ring.createAlias(name, key, environment.clock().instant());
    }

    private static boolean covers(ResetScope scope, JsonNode node) {
        return scope.covers(account(node), region(node));
    }

    private KeyRing ring(JsonNode node) {
        return lookup.ring(account(node), region(node));
    }

    private static AccountId account(JsonNode node) {
        return new AccountId(node.path("Account").asText(AccountId.DEFAULT.id()));
    }

    private static Region region(JsonNode node) {
        return new Region(node.path("Region").asText(Region.US_EAST_1.id()));
    }

    private static IllegalStateException bad(Path file, String why) {
        return new IllegalStateException("KMS_SEED_FILE " + file + ": " + why);
    }
}
