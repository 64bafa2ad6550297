package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.stepfunctions.model.CreateStateMachineInput;
import io.pileus.stepfunctions.model.DeleteStateMachineInput;
import io.pileus.stepfunctions.model.DescribeStateMachineInput;
import io.pileus.stepfunctions.model.ExecutionDoesNotExistException;
import io.pileus.stepfunctions.model.ListExecutionsInput;
import io.pileus.stepfunctions.model.PublishStateMachineVersionInput;
import io.pileus.stepfunctions.model.StateMachineDeletingException;
import io.pileus.stepfunctions.model.StateMachineDoesNotExistException;
import io.pileus.stepfunctions.model.UpdateStateMachineInput;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeletionTest {
    private static final String TWO_WAITS = """
            {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":60,"Next":"B"},"B":{"Type":"Wait","Seconds":60,"End":true}}}""";

    private final Machines sfn = new Machines();

    private void delete(String machine) {
        sfn.service.deleteStateMachine(
                DeleteStateMachineInput.builder().stateMachineArn(machine).build(), sfn.call());
    }

    private String status(String machine) {
        return sfn.service
                .describeStateMachine(
                        DescribeStateMachineInput.builder()
                                .stateMachineArn(machine)
                                .build(),
                        sfn.call())
                .status();
    }

    @Test
    void aMachineIsDeletingUntilItsExecutionsHaveReachedTheirNextTransition() {
        String machine = sfn.create(TWO_WAITS);
        String execution = sfn.start(machine, "{}");

        delete(machine);

        assertThat(status(machine)).isEqualTo("DELETING");
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(60));
        assertThatThrownBy(() -> status(machine)).isInstanceOf(StateMachineDoesNotExistException.class);
        assertThatThrownBy(() -> sfn.status(execution)).isInstanceOf(ExecutionDoesNotExistException.class);
    }

    @Test
    void aMachineThatIsBeingDeletedIsNeitherStartedNorChanged() {
        String machine = sfn.create(TWO_WAITS);
        sfn.start(machine, "{}");
        delete(machine);
        delete(machine);

        assertThatThrownBy(() -> sfn.start(machine, "{}"))
                .isInstanceOf(StateMachineDeletingException.class)
                .hasMessage("State Machine is being deleted: '" + machine + "'");
        assertThatThrownBy(() -> sfn.service.updateStateMachine(
                        UpdateStateMachineInput.builder()
                                .stateMachineArn(machine)
                                .roleArn(Machines.ROLE)
                                .build(),
                        sfn.call()))
                .isInstanceOf(StateMachineDeletingException.class);
        assertThatThrownBy(() -> sfn.service.publishStateMachineVersion(
                        PublishStateMachineVersionInput.builder()
                                .stateMachineArn(machine)
                                .build(),
                        sfn.call()))
                .isInstanceOf(StateMachineDeletingException.class);
        assertThatThrownBy(() -> sfn.service.createStateMachine(
                        CreateStateMachineInput.builder()
                                .name(machine.substring(machine.lastIndexOf(':') + 1))
                                .definition(TWO_WAITS)
                                .roleArn(Machines.ROLE)
                                .build(),
                        sfn.call()))
                .isInstanceOf(StateMachineDeletingException.class);
    }

    @Test
    void aMachineWithoutRunningExecutionsIsGoneAtOnceAndANewOneHasNoneOfItsExecutions() {
        String definition = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
        String machine = sfn.create(definition);
        sfn.start(machine, "{}");

        delete(machine);
        sfn.service.createStateMachine(
                CreateStateMachineInput.builder()
                        .name(machine.substring(machine.lastIndexOf(':') + 1))
                        .definition(definition)
                        .roleArn(Machines.ROLE)
                        .build(),
                sfn.call());

        assertThat(sfn.service
                        .listExecutions(
                                ListExecutionsInput.builder()
                                        .stateMachineArn(machine)
                                        .build(),
                                sfn.call())
                        .executions())
                .isEmpty();
    }
}
