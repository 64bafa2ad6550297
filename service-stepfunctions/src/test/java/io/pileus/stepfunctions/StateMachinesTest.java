package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachinesTest {
    private static final String ONE =
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":1,\"End\":true}}}";
    private static final String TWO = ONE.replace("\"Result\":1", "\"Result\":2");

    private final Machines sfn = new Machines();

    private CreateStateMachineOutput create(String name, String definition) {
        return sfn.service.createStateMachine(
                CreateStateMachineInput.builder()
                        .name(name)
                        .definition(definition)
                        .roleArn(Machines.ROLE)
                        .build(),
                sfn.call());
    }

    private DescribeStateMachineOutput describe(String arn) {
        return sfn.service.describeStateMachine(
                DescribeStateMachineInput.builder().stateMachineArn(arn).build(), sfn.call());
    }

    private String publish(String arn) {
        return sfn.service
                .publishStateMachineVersion(
                        PublishStateMachineVersionInput.builder()
                                .stateMachineArn(arn)
                                .build(),
                        sfn.call())
                .stateMachineVersionArn();
    }

    private UpdateStateMachineOutput update(String arn, String definition) {
        return sfn.service.updateStateMachine(
                UpdateStateMachineInput.builder()
                        .stateMachineArn(arn)
                        .definition(definition)
                        .build(),
                sfn.call());
    }

    private static RoutingConfigurationListItem route(String version, int weight) {
        return RoutingConfigurationListItem.builder()
                .stateMachineVersionArn(version)
                .weight(weight)
                .build();
    }

    private String alias(String name, RoutingConfigurationListItem... routes) {
        return sfn.service
                .createStateMachineAlias(
                        CreateStateMachineAliasInput.builder()
                                .name(name)
                                .routingConfiguration(List.of(routes))
                                .build(),
                        sfn.call())
                .stateMachineAliasArn();
    }

    @Test
    void aMachineIsDescribedWithAwsDefaults() {
        String arn = create("m", ONE).stateMachineArn();

        DescribeStateMachineOutput machine = describe(arn);
        assertThat(arn).isEqualTo("arn:aws:states:us-east-1:000000000000:stateMachine:m");
        assertThat(machine.status()).isEqualTo("ACTIVE");
        assertThat(machine.type()).isEqualTo("STANDARD");
        assertThat(machine.definition()).isEqualTo(ONE);
        assertThat(machine.loggingConfiguration().level()).isEqualTo("OFF");
        assertThat(machine.loggingConfiguration().includeExecutionData()).isFalse();
        assertThat(machine.tracingConfiguration().enabled()).isFalse();
        assertThat(machine.encryptionConfiguration().type()).isEqualTo("AWS_OWNED_KEY");
        assertThat(machine.revisionId()).isNull();
    }

    @Test
    void creatingTheSameMachineAgainChangesNothing() {
        CreateStateMachineOutput first = create("m", ONE);

        assertThat(create("m", ONE)).isEqualTo(first);
        assertThatThrownBy(() -> create("m", TWO))
                .isInstanceOf(StateMachineAlreadyExistsException.class)
                .hasMessage("State Machine Already Exists: '" + first.stateMachineArn() + "'");
    }

    @Test
    void anUpdateMakesARevision() {
        String arn = create("m", ONE).stateMachineArn();
        update(arn, TWO);

        assertThat(describe(arn).definition()).isEqualTo(TWO);
        assertThat(describe(arn).revisionId()).isNotNull();
        assertThatThrownBy(() -> sfn.service.updateStateMachine(
                        UpdateStateMachineInput.builder().stateMachineArn(arn).build(), sfn.call()))
                .isInstanceOf(MissingRequiredParameterException.class);
    }

    @Test
    void anUpdateThatChangesNothingMakesNoRevision() {
        String arn = create("m", ONE).stateMachineArn();

        assertThat(update(arn, ONE).revisionId()).isNull();
        String revision = update(arn, TWO).revisionId();
        assertThat(update(arn, TWO).revisionId()).isEqualTo(revision);
    }

    @Test
    void anExecutionTellsTheRevisionThatItWasStartedWith() {
        String arn = create("m", ONE).stateMachineArn();
        String first = sfn.start(arn, "{}");
        Instant created = describe(arn).creationDate();
        sfn.advance(Duration.ofHours(1));
        String revision = update(arn, TWO).revisionId();
        String second = sfn.start(arn, "{}");
        sfn.advance(Duration.ofHours(1));
        update(arn, ONE);
        sfn.restart();

        assertThat(describeForExecution(first).updateDate()).isEqualTo(created);
        assertThat(describeForExecution(first).revisionId()).isNull();
        assertThat(describeForExecution(second).updateDate()).isEqualTo(created.plus(Duration.ofHours(1)));
        assertThat(describeForExecution(second).revisionId()).isEqualTo(revision);
        assertThat(describeForExecution(second).definition()).isEqualTo(TWO);
    }

    private DescribeStateMachineForExecutionOutput describeForExecution(String execution) {
        return sfn.service.describeStateMachineForExecution(
                DescribeStateMachineForExecutionInput.builder()
                        .executionArn(execution)
                        .build(),
                sfn.call());
    }

    @Test
    void aVersionKeepsItsRevision() {
        String arn = create("m", ONE).stateMachineArn();
        String first = publish(arn);
        assertThat(publish(arn)).isEqualTo(first).isEqualTo(arn + ":1");
        update(arn, TWO);
        String second = publish(arn);

        assertThat(second).isEqualTo(arn + ":2");
        assertThat(describe(first).definition()).isEqualTo(ONE);
        assertThat(sfn.output(sfn.start(first, "{}"))).isEqualTo(Json.of("1"));
        assertThat(sfn.output(sfn.start(arn, "{}"))).isEqualTo(Json.of("2"));
        assertThat(sfn.service
                        .listStateMachineVersions(
                                ListStateMachineVersionsInput.builder()
                                        .stateMachineArn(arn)
                                        .build(),
                                sfn.call())
                        .stateMachineVersions())
                .extracting(StateMachineVersionListItem::stateMachineVersionArn)
                .containsExactly(second, first);
        assertThatThrownBy(() -> sfn.service.publishStateMachineVersion(
                        PublishStateMachineVersionInput.builder()
                                .stateMachineArn(arn)
                                .revisionId("old")
                                .build(),
                        sfn.call()))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("Failed to publish the State Machine version for revision old.");
    }

    @Test
    void anAliasRoutesByWeight() {
        String arn = create("m", ONE).stateMachineArn();
        String first = publish(arn);
        update(arn, TWO);
        String second = publish(arn);
        String alias = alias("live", route(first, 70), route(second, 30));

        int ones = 0;
        for (int i = 0; i < 1000; i++) {
            String execution = sfn.start(alias, "{}");
            ones += sfn.output(execution).intValue() == 1 ? 1 : 0;
        }
        assertThat(ones).isBetween(620, 780);
        String execution = sfn.start(alias, "{}");
        assertThat(sfn.describe(execution).stateMachineAliasArn()).isEqualTo(alias);
        assertThat(sfn.describe(execution).stateMachineVersionArn()).isIn(first, second);
    }

    @Test
    void routesAreChecked() {
        String arn = create("m", ONE).stateMachineArn();
        String first = publish(arn);

        assertThatThrownBy(() -> alias("a", route(first, 90)))
                .isInstanceOf(ValidationException.class)
                .hasMessage("Sum of routing configuration weights must equal 100. Received: [90]");
        assertThatThrownBy(() -> alias("a", route(first, 50), route(first, 50)))
                .hasMessageStartingWith("Routing configuration must contain distinct state machine version ARNs.");
        assertThatThrownBy(() -> alias("a", route(arn + ":9", 100)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("Request references a resource that does not exist.");
    }

    @Test
    void aVersionThatAnAliasNeedsStays() {
        String arn = create("m", ONE).stateMachineArn();
        String first = publish(arn);
        alias("live", route(first, 100));

        assertThatThrownBy(() -> sfn.service.deleteStateMachineVersion(
                        DeleteStateMachineVersionInput.builder()
                                .stateMachineVersionArn(first)
                                .build(),
                        sfn.call()))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Version to be deleted must not be referenced by an alias. Current list of aliases"
                        + " referencing this version: [live]");
    }

    @Test
    void aDeletedMachineIsGone() {
        String arn = create("m", ONE).stateMachineArn();
        sfn.service.deleteStateMachine(
                DeleteStateMachineInput.builder().stateMachineArn(arn).build(), sfn.call());

        assertThatThrownBy(() -> describe(arn))
                .isInstanceOf(StateMachineDoesNotExistException.class)
                .hasMessage("State Machine Does Not Exist: '" + arn + "'");
    }

    @Test
    void tagsAreKept() {
        String arn = create("m", ONE).stateMachineArn();
        sfn.service.tagResource(
                TagResourceInput.builder()
                        .resourceArn(arn)
                        .tags(List.of(
                                Tag.builder().key("a").value("1").build(),
                                Tag.builder().key("b").value("2").build()))
                        .build(),
                sfn.call());
        sfn.service.untagResource(
                UntagResourceInput.builder()
                        .resourceArn(arn)
                        .tagKeys(List.of("a"))
                        .build(),
                sfn.call());

        assertThat(sfn.service
                        .listTagsForResource(
                                ListTagsForResourceInput.builder()
                                        .resourceArn(arn)
                                        .build(),
                                sfn.call())
                        .tags())
                .containsExactly(Tag.builder().key("b").value("2").build());
    }

    @Test
    void loggingNeedsADestination() {
        assertThatThrownBy(() -> sfn.service.createStateMachine(
                        CreateStateMachineInput.builder()
                                .name("m")
                                .definition(ONE)
                                .roleArn(Machines.ROLE)
                                .loggingConfiguration(LoggingConfiguration.builder()
                                        .level("ALL")
                                        .build())
                                .build(),
                        sfn.call()))
                .isInstanceOf(InvalidLoggingConfigurationException.class)
                .hasMessage("Invalid Logging Configuration: Must specify exactly one Log Destination.");
    }
}
