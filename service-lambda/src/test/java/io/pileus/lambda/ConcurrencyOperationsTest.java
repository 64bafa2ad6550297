package io.pileus.lambda;

import static io.pileus.lambda.LambdaFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.lambda.model.*;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reserved and provisioned concurrency, and what they leave of the account's. */
class ConcurrencyOperationsTest {
    private final LambdaFixture it = new LambdaFixture();

    @BeforeEach
    void aPublishedFunction() {
        it.create("f");
        it.lambda.publishVersion(
                PublishVersionRequest.builder().functionName("f").build(), it.call());
        it.lambda.createAlias(
                CreateAliasRequest.builder()
                        .functionName("f")
                        .name("live")
                        .functionVersion("1")
                        .build(),
                it.call());
    }

    @AfterEach
    void close() {
        it.close();
    }

    private void reserve(String name, int executions) {
        it.lambda.putFunctionConcurrency(
                PutFunctionConcurrencyRequest.builder()
                        .functionName(name)
                        .reservedConcurrentExecutions(executions)
                        .build(),
                it.call());
    }

    private PutProvisionedConcurrencyConfigResponse provision(String qualifier, int executions) {
        return it.lambda.putProvisionedConcurrencyConfig(
                PutProvisionedConcurrencyConfigRequest.builder()
                        .functionName("f")
                        .qualifier(qualifier)
                        .provisionedConcurrentExecutions(executions)
                        .build(),
                it.call());
    }

    @Test
    void aHundredExecutionsStayForTheOthers() {
        it.create("g");
        reserve("g", 500);
        reserve("f", 400);

        assertRefused(
                () -> reserve("f", 401),
                "InvalidParameterValueException",
                400,
                "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution"
                        + " below its minimum value of [100].");
        assertThat(it.lambda
                        .getAccountSettings(GetAccountSettingsRequest.builder().build(), it.call())
                        .accountLimit()
                        .unreservedConcurrentExecutions())
                .isEqualTo(100);
    }

    @Test
    void provisionedConcurrencyIsForPublishedVersions() {
        assertRefused(
                () -> provision("$LATEST", 1),
                "InvalidParameterValueException",
                400,
                "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        assertThat(provision("live", 2).status()).isEqualTo("IN_PROGRESS");
        assertRefused(
                () -> provision("1", 1),
                "ResourceConflictException",
                409,
                "Version is pointed to by a Provisioned Concurrency alias");
        GetProvisionedConcurrencyConfigRequest get = GetProvisionedConcurrencyConfigRequest.builder()
                .functionName("f")
                .qualifier("live")
                .build();
        assertThat(it.lambda.getProvisionedConcurrencyConfig(get, it.call()).status())
                .isEqualTo("READY");
        it.lambda.deleteProvisionedConcurrencyConfig(
                DeleteProvisionedConcurrencyConfigRequest.builder()
                        .functionName("f")
                        .qualifier("live")
                        .build(),
                it.call());
        assertRefused(
                () -> it.lambda.getProvisionedConcurrencyConfig(get, it.call()),
                "ProvisionedConcurrencyConfigNotFoundException",
                404,
                "No Provisioned Concurrency Config found for this function");
    }

    @Test
    void provisionedStaysWithinReserved() {
        reserve("f", 5);

        assertRefused(
                () -> provision("live", 6),
                "InvalidParameterValueException",
                400,
                "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for"
                        + " function");
        provision("live", 5);
        assertRefused(
                () -> reserve("f", 4),
                "InvalidParameterValueException",
                400,
                "ReservedConcurrentExecutions 4 should not be lower than function's total provisioned concurrency [5].");
    }
}
