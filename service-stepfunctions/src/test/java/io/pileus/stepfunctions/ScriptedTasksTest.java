package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.AccountId;
import io.pileus.core.service.ResetScope;
import io.pileus.stepfunctions.asl.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptedTasksTest {
    private static final String MACHINE = """
            {"StartAt":"Charge","States":{
             "Charge":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem",
              "Parameters":{"TableName":"t","Key":{"id.$":"$.id"}},
              "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1,"MaxAttempts":1}],
              "Catch":[{"ErrorEquals":["Declined"],"Next":"Refund"}],"Next":"Done"},
             "Done":{"Type":"Pass","End":true},
             "Refund":{"Type":"Pass","Result":"refunded","End":true}}}""";

    private final Machines sfn = new Machines();
    private final AccountId account = sfn.call().account();

    private void script(String results) {
        sfn.service.scriptTask(account, "machine0", "Charge", Json.of(results));
    }

    @Test
    void resultsComeOneAfterTheOtherAndTheLastGoesOn() {
        String machine = sfn.create(MACHINE);
        script("[{\"Return\":{\"n\":1}},{\"Return\":2}]");

        assertThat(sfn.output(sfn.start(machine, "{\"id\":1}"))).isEqualTo(Json.of("{\"n\":1}"));
        assertThat(sfn.output(sfn.start(machine, "{\"id\":2}"))).isEqualTo(Json.of("2"));
        assertThat(sfn.output(sfn.start(machine, "{\"id\":3}"))).isEqualTo(Json.of("2"));
    }

    @Test
    void errorsAreRetriedAndCaughtLikeAnyOther() {
        String machine = sfn.create(MACHINE);
        script("[{\"Throw\":{\"Error\":\"Busy\"}},{\"Throw\":{\"Error\":\"Declined\",\"Cause\":\"no money\"}}]");

        String execution = sfn.start(machine, "{\"id\":1}");
        sfn.advance(Duration.ofSeconds(1));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("\"refunded\""));
        assertThat(sfn.types(execution)).containsSubsequence("TaskFailed", "TaskScheduled", "TaskFailed");
    }

    @Test
    void aScriptBelongsToItsAccountMachineAndStateUntilItIsReset() {
        String machine = sfn.create(MACHINE);
        sfn.service.scriptTask(new AccountId("222222222222"), "machine0", "Charge", Json.of("[{\"Return\":1}]"));
        sfn.service.scriptTask(account, "other", "Charge", Json.of("[{\"Return\":1}]"));
        assertThat(sfn.describe(sfn.start(machine, "{\"id\":1}")).error()).isEqualTo("DynamoDB.NotEmulatedException");

        script("[{\"Return\":1}]");
        assertThat(sfn.output(sfn.start(machine, "{\"id\":1}"))).isEqualTo(Json.of("1"));
        script("[]");
        assertThat(sfn.describe(sfn.start(machine, "{\"id\":1}")).error()).isEqualTo("DynamoDB.NotEmulatedException");
        script("[{\"Return\":1}]");
        sfn.service.reset(ResetScope.EVERYTHING);
        assertThat(sfn.describe(sfn.run(MACHINE, "{\"id\":1}")).error()).isEqualTo("DynamoDB.NotEmulatedException");
    }

    @Test
    void aResultEitherReturnsOrThrows() {
        assertThatThrownBy(() -> script("[{}]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> script("{\"Return\":1}")).isInstanceOf(IllegalArgumentException.class);
    }
}
