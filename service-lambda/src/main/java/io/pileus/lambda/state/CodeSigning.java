package io.pileus.lambda.state;

import io.pileus.lambda.model.CodeSigningConfig;
import java.util.Map;

/** A code signing configuration with its tags; also as it is saved. */
public record CodeSigning(CodeSigningConfig config, Map<String, String> tags) {
    public CodeSigning {
        tags = Map.copyOf(tags);
    }

    /** Whether code that is not signed may not be deployed. */
    public boolean isEnforced() {
        return "Enforce".equals(config.codeSigningPolicies().untrustedArtifactOnDeployment());
    }
}
