package io.pileus.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.shape.JsonTrees;
import io.pileus.iam.state.ManagedPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The policies of AWS's own that are attached most; read from a resource on first use, as most runs need none.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html">AWS managed policies</a>
 */
public final class AwsManagedPolicies {
    /** When the version was made, for policies that come without a date. */
    private static final String DATE = "2015-02-06T18:39:46Z";

    private volatile Map<String, ManagedPolicy> byArn = Map.of();

    public Optional<ManagedPolicy> find(String arn) {
        return Optional.ofNullable(loaded().get(arn));
    }

    /** All of them by ARN. */
    public List<ManagedPolicy> all() {
        return List.copyOf(loaded().values());
    }

    private Map<String, ManagedPolicy> loaded() {
        Map<String, ManagedPolicy> known = byArn;
        if (known.isEmpty()) {
            known = load();
            byArn = known;
        }
        return known;
    }

    private static Map<String, ManagedPolicy> load() {
        Map<String, ManagedPolicy> policies = new LinkedHashMap<>();
        try (InputStream in = AwsManagedPolicies.class.getResourceAsStream("aws-managed-policies.json")) {
            ObjectMapper mapper = JsonTrees.mapper();
            for (Map.Entry<String, JsonNode> entry : mapper.readTree(in).properties()) {
                String pathAndName = "/" + entry.getKey();
                String name = pathAndName.substring(pathAndName.lastIndexOf('/') + 1);
                String path = pathAndName.substring(0, pathAndName.length() - name.length());
                String arn = "arn:aws:iam::aws:policy" + pathAndName;
                ManagedPolicy.Version newest = new ManagedPolicy.Version(
                        entry.getValue().path("VersionId").asText("v1"),
                        mapper.writeValueAsString(entry.getValue().path("Document")),
                        Instant.parse(entry.getValue().path("Date").asText(DATE)));
                policies.put(
                        arn,
                        ManagedPolicy.ofAws(
                                arn,
                                name,
                                path,
                                idOf(arn),
                                entry.getValue().path("Description").asText(),
                                newest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return policies;
    }

    /** An id that is the same in every run. AWS's own ids are others. */
    private static String idOf(String arn) {
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; i < arn.length(); i++) {
            hash = 31 * hash + arn.charAt(i);
        }
        String digits = Long.toUnsignedString(hash, 32).toUpperCase(Locale.ROOT);
        return "ANPA" + ("00000000000000000" + digits).substring(digits.length());
    }
}
