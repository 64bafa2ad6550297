package io.pileus.protocoltests;

import io.pileus.core.service.WireProtocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;

/** The cases that cannot apply to us: one a line: its id (and #request or #response where two share it), a colon, the reason. */
final class SkippedCases {
    private final Map<String, String> reasons = new LinkedHashMap<>();

    static SkippedCases load() {
        SkippedCases cases = new SkippedCases();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                SkippedCases.class.getResourceAsStream("/skipped-cases.txt"), StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(":", 2))
                    .forEach(parts -> cases.reasons.put(parts[0].trim(), parts[1].trim()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    /** Runs a case; one that is listed must fail. */
    void run(WireProtocol wire, String kind, String id, Executable test) throws Throwable {
        String reason = reasons.getOrDefault(id + "#" + kind, reasons.get(id));
        if (reason == null) {
            test.execute();
            return;
        }
        boolean passed;
        try {
            test.execute();
            passed = true;
        } catch (Exception | AssertionError e) {
            passed = false;
        }
        if (passed) {
            throw new AssertionError(id + " (" + wire + ") passes; take it out of skipped-cases.txt: " + reason);
        }
        Assumptions.abort(reason);
    }
}
