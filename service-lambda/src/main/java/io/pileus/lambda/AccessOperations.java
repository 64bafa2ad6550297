package io.pileus.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import java.util.LinkedHashMap;

/** Resource policies, statement by statement. Who enforces policies asks for them by GetPolicy. */
final class AccessOperations {
    private static final int POLICY_LENGTH_MAX = 20_480;

    private final Functions functions;
    private final Ids ids;

    AccessOperations(Functions functions, Ids ids) {
        this.functions = functions;
        this.ids = ids;
    }

    AddPermissionResponse addPermission(AddPermissionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            String qualifier = Functions.qualifier(function, reference);
            Function.Policy before = function.policies().get(qualifier);
            if (input.revisionId() != null) {
                Functions.checkRevision(input.revisionId(), before == null ? "" : before.revisionId());
            }
            LinkedHashMap<String, ObjectNode> statements =
                    before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before.statements());
            ObjectNode statement = statement(input, reference);
            if (statements.putIfAbsent(input.statementId(), statement) != null) {
                throw statementExists(input.statementId());
            }
            Function.Policy policy = new Function.Policy(statements, ids.uuid());
            checkLength(policy);
            function.policies().put(qualifier, policy);
            return AddPermissionResponse.builder()
                    .statement(statement.toString())
                    .build();
        });
    }

    static AwsException statementExists(String id) {
        return LambdaErrors.conflict("The statement id (" + id + ") provided already exists. Please provide a new"
                + " statement id, or remove the existing statement.");
    }

    static void checkLength(Function.Policy policy) {
        int size = document(policy).toString().length();
        if (size > POLICY_LENGTH_MAX) {
            throw PolicyLengthExceededException.builder()
                    .message("The final policy size (" + size + ") is bigger than the limit (" + POLICY_LENGTH_MAX
                            + ").")
                    .type("User")
                    .build();
        }
    }

    private static ObjectNode statement(AddPermissionRequest input, FunctionReference reference) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("Sid", input.statementId());
        statement.put("Effect", "Allow");
        String principal = input.principal();
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else if (AccountId.isValid(principal)) {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
        } else if (principal.startsWith("arn:")) {
            statement.putObject("Principal").put("AWS", principal);
        } else {
            statement.putObject("Principal").put("Service", principal);
        }
        statement.put("Action", input.action());
        statement.put("Resource", reference.arn());
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        if (input.sourceAccount() != null) {
            condition.withObject("/StringEquals").put("AWS:SourceAccount", input.sourceAccount());
        }
        if (input.principalOrgID() != null) {
            condition.withObject("/StringEquals").put("aws:PrincipalOrgID", input.principalOrgID());
        }
        if (input.eventSourceToken() != null) {
            condition.withObject("/StringEquals").put("lambda:EventSourceToken", input.eventSourceToken());
        }
        if (input.functionUrlAuthType() != null) {
            condition.withObject("/StringEquals").put("lambda:FunctionUrlAuthType", input.functionUrlAuthType());
        }
        if (input.sourceArn() != null) {
            condition.withObject("/ArnLike").put("AWS:SourceArn", input.sourceArn());
        }
        if (input.invokedViaFunctionUrl() != null) {
            condition
                    .withObject("/Bool")
                    .put("lambda:InvokedViaFunctionUrl", String.valueOf(input.invokedViaFunctionUrl()));
        }
        if (!condition.isEmpty()) {
            statement.set("Condition", condition);
        }
        return statement;
    }

    static ObjectNode document(Function.Policy policy) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17");
        document.put("Id", "default");
        document.putArray("Statement").addAll(policy.statements().values());
        return document;
    }

    RemovePermissionResponse removePermission(RemovePermissionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            String qualifier = Functions.qualifier(function, reference);
            Function.Policy before = function.policies().get(qualifier);
            if (before == null) {
                throw LambdaErrors.notFound("No policy is associated with the given resource.");
            }
            Functions.checkRevision(input.revisionId(), before.revisionId());
            LinkedHashMap<String, ObjectNode> statements = new LinkedHashMap<>(before.statements());
            if (statements.remove(input.statementId()) == null) {
                throw LambdaErrors.notFound("Statement " + input.statementId() + " is not found in resource policy.");
            }
            if (statements.isEmpty()) {
                function.policies().remove(qualifier);
            } else {
                function.policies().put(qualifier, new Function.Policy(statements, ids.uuid()));
            }
            return RemovePermissionResponse.builder().build();
        });
    }

    GetPolicyResponse getPolicy(GetPolicyRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            Function.Policy policy = function.policies().get(Functions.qualifier(function, reference));
            if (policy == null) {
                throw LambdaErrors.noSuchResource();
            }
            return GetPolicyResponse.builder()
                    .policy(document(policy).toString())
                    .revisionId(policy.revisionId())
                    .build();
        });
    }
}
