package io.pileus.sts.enforcement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.Decision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The last decisions by request id, so that a test can ask why. Its lock guards the table. */
public final class Decisions {
    private static final int REMEMBERED_MAX = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ObjectNode> decisions = new LinkedHashMap<>();

    void add(String requestId, AccessRequest request, Decision decision) {
        ObjectNode json = json(request, decision);
        lock.lock();
        try {
            if (decisions.size() >= REMEMBERED_MAX) {
                decisions.remove(decisions.keySet().iterator().next());
            }
            decisions.put(requestId, json);
        } finally {
            lock.unlock();
        }
    }

    Optional<ObjectNode> of(String requestId) {
        lock.lock();
        try {
            return Optional.ofNullable(decisions.get(requestId));
        } finally {
            lock.unlock();
        }
    }

    /** A decision with what led to it. */
    static ObjectNode json(AccessRequest request, Decision decision) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("decision", decision.outcome().wire());
        json.put("allowed", decision.isAllowed());
        json.put("principal", request.subject().arn());
        json.put("action", request.action());
        json.put("resource", request.resource());
        decision.decidedBy().ifPresent(place -> json.put("decidedBy", place.words()));
        if (!decision.isAllowed()) {
            json.put("message", decision.message(request));
        }
        ArrayNode statements = json.putArray("matchedStatements");
        for (Decision.Matched matched : decision.statements()) {
            statements
                    .addObject()
                    .put("policy", matched.policy().name())
                    .put("place", matched.policy().place().words())
                    .put("effect", matched.statement().effect().name().equals("ALLOW") ? "Allow" : "Deny")
                    .put("sid", matched.statement().sid())
                    .put("index", matched.statement().index())
                    .put("line", matched.statement().span().line())
                    .put("column", matched.statement().span().column());
        }
        ObjectNode context = json.putObject("context");
        for (String name : request.context().names()) {
            ArrayNode values = context.putArray(name);
            request.context().values(name).forEach(values::add);
        }
        return json;
    }

    static String describe(Decision.Matched matched) {
        return matched.policy().place().words() + " " + matched.policy().name() + ", statement "
                + (matched.statement().sid().isEmpty()
                        ? String.valueOf(matched.statement().index())
                        : matched.statement().sid());
    }
}
