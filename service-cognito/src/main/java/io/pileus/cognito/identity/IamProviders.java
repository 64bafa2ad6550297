package io.pileus.cognito.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.identity.model.ExternalServiceException;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.JsonTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The OpenID Connect and SAML providers that an identity pool names by their ARNs in IAM. */
final class IamProviders {
    private static final String PRINCIPAL = "cognito-identity.amazonaws.com";
    private final ServiceEnvironment env;

    IamProviders(ServiceEnvironment env) {
        this.env = env;
    }

    /** The clients that an OpenID Connect provider's tokens may be for; empty when there is no such provider. */
    Optional<List<String>> clientIds(String arn, CallContext call) {
        return ask("GetOpenIDConnectProvider", "OpenIDConnectProviderArn", arn, call)
                .map(output -> {
                    List<String> ids = new ArrayList<>();
                    output.path("ClientIDList").forEach(id -> ids.add(id.asText()));
                    return ids;
                });
    }

    /** The metadata document of a SAML provider; empty when there is no such provider. */
    Optional<String> samlMetadata(String arn, CallContext call) {
        return ask("GetSAMLProvider", "SAMLProviderArn", arn, call)
                .map(output -> output.path("SAMLMetadataDocument").asText());
    }

    private Optional<JsonNode> ask(String operation, String member, String text, CallContext call) {
        Optional<Arn> arn = Arn.parse(text);
        Optional<OperationCaller> caller =
                env.ports().find(OperationCaller.class).filter(c -> c.knows("iam", operation));
        if (arn.isEmpty() || !AccountId.isValid(arn.get().account()) || caller.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode input = JsonTrees.mapper().createObjectNode().put(member, text);
        Caller cognito = Caller.service(new AccountId(arn.get().account()), PRINCIPAL);
        OperationCaller.Result result = caller.get()
                .call("iam", operation, input, cognito, Region.US_EAST_1, call.hops() + 1)
                .toCompletableFuture()
                .join();
        return switch (result) {
            case OperationCaller.Answered answered -> Optional.of(answered.output());
            case OperationCaller.Failed failed when failed.code().startsWith("NoSuchEntity") -> Optional.empty();
            case OperationCaller.Failed failed ->
                throw ExternalServiceException.of("IAM answered " + failed.code() + " for " + text + ".");
        };
    }
}
