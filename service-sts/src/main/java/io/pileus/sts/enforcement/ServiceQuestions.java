package io.pileus.sts.enforcement;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.port.Ports;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks services by the operations that everybody has, so that no service needs to know of enforcement. */
final class ServiceQuestions {
    /** Who asks; enforcement lets it through. */
    private static final String PRINCIPAL = "policies.pileus.internal";

    private final Ports ports;

    ServiceQuestions(Ports ports) {
        this.ports = ports;
    }

    /** The output; empty when the service is not there, refuses, or answers later than at once. */
    Optional<JsonNode> ask(String service, String operation, JsonNode input, AccountId account, Region region) {
        Optional<OperationCaller> caller = ports.find(OperationCaller.class).filter(c -> c.knows(service, operation));
        if (caller.isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<OperationCaller.Result> result = caller.get()
                .call(service, operation, input, Caller.service(account, PRINCIPAL), region, 1)
                .toCompletableFuture();
        return result.isDone()
                        && !result.isCompletedExceptionally()
                        && result.join() instanceof OperationCaller.Answered answered
                ? Optional.of(answered.output())
                : Optional.empty();
    }
}
