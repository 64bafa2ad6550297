package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.stepfunctions.asl.Definition;
import java.util.Optional;

/**
 * What an execution is from its start on.
 *
 * @param stateMachineArn the machine without version or alias
 * @param definitionText the definition as the user wrote it
 * @param inputText the input as the caller wrote it
 * @param mapRunArn the Map run whose child the execution is
 * @param itemCount how many items a child execution of a Map run has
 * @param mockCase the test case of the mock configuration that answers its tasks
 * @param hops how many calls from service to service led here
 */
public record ExecutionIdentity(
        AccountId account,
        Region region,
        String arn,
        String name,
        String stateMachineArn,
        String stateMachineName,
        String roleArn,
        boolean express,
        Definition definition,
        String definitionText,
        String revisionId,
        JsonNode input,
        String inputText,
        Optional<String> versionArn,
        Optional<String> aliasArn,
        Optional<String> traceHeader,
        Optional<String> mapRunArn,
        Optional<String> label,
        int itemCount,
        Optional<String> mockCase,
        int hops) {}
