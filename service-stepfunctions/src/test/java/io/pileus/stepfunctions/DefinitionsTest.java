package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.AwsException;
import io.pileus.stepfunctions.model.ValidateStateMachineDefinitionDiagnostic;
import io.pileus.stepfunctions.model.ValidateStateMachineDefinitionInput;
import io.pileus.stepfunctions.model.ValidateStateMachineDefinitionOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What AWS says of definitions. The texts were seen in answers of CreateStateMachine and ValidateStateMachineDefinition
 * that users published: github.com/floci-io/floci issues 2670, 2735, 2745, 2968 and pull request 2786,
 * github.com/aws-cloudformation/cfn-lint issues 4073 to 4085, github.com/localstack/localstack issue 11978.
 */
class DefinitionsTest {
    private final Machines sfn = new Machines();

    private List<String> diagnostics(String definition) {
        ValidateStateMachineDefinitionOutput output = validate(definition, "ERROR");
        assertThat(output.result()).isEqualTo(output.diagnostics().isEmpty() ? "OK" : "FAIL");
        return output.diagnostics().stream().map(DefinitionsTest::text).toList();
    }

    private ValidateStateMachineDefinitionOutput validate(String definition, String severity) {
        return sfn.service.validateStateMachineDefinition(
                ValidateStateMachineDefinitionInput.builder()
                        .definition(definition)
                        .severity(severity)
                        .build(),
                sfn.call());
    }

    private static String text(ValidateStateMachineDefinitionDiagnostic d) {
        return d.code_() + ": " + d.message() + " at " + d.location();
    }

    private static String one(String state) {
        return "{\"StartAt\":\"S\",\"States\":{\"S\":" + state + "}}";
    }

    private static String jsonata(String output) {
        return "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"Main\",\"States\":{\"Main\":{\"Type\":\"Pass\",\"Output\":"
                + new com.fasterxml.jackson.databind.node.TextNode("{% " + output + " %}") + ",\"End\":true}}}";
    }

    @Test
    void aMissingTargetAndAnUnreachableStateAreReported() {
        String definition = """
                {"StartAt":"pass1","States":{"pass1":{"Type":"Pass","Next":"pass3"},"pass2":{"Type":"Pass","End":true}}}""";

        assertThatThrownBy(() -> sfn.create(definition))
                .isInstanceOf(AwsException.class)
                .hasMessage(
                        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at"
                                + " /States/pass1/Next, MISSING_TRANSITION_TARGET: State \"pass2\" is not reachable. at"
                                + " /States/pass2'");
    }

    @Test
    void aStartThatDoesNotExistIsReported() {
        assertThat(diagnostics("""
                        {"StartAt":"Not sure","States":{"Pass One":{"Type":"Pass","Next":"Success"},"Success":{"Type":"Succeed"}}}"""))
                .containsExactly(
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Not sure at /StartAt",
                        "MISSING_TRANSITION_TARGET: State \"Pass One\" is not reachable. at /States/Pass One");
    }

    @Test
    void aLoopWithoutEndIsReportedOnce() {
        assertThat(diagnostics("""
                        {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}}""")).containsExactly("MISSING_END_STATE: Workflow has no terminal state at null");
        assertThatThrownBy(() -> sfn.create("""
                        {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"}}}"""))
                .hasMessage(
                        "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'");
    }

    @Test
    void aDanglingTargetComesBeforeTheMissingEnd() {
        assertThat(diagnostics("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"NOPE\"}}}"))
                .containsExactly(
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next",
                        "MISSING_END_STATE: Workflow has no terminal state at null");
    }

    @Test
    void fieldsOfOtherStateTypesAreNotSupported() {
        assertThat(diagnostics(one("""
                        {"Type":"Map","TimeoutSeconds":3,"ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Field 'TimeoutSeconds' is not supported at /States/S");
        assertThat(diagnostics(one("{\"Type\":\"Pass\",\"Coment\":\"x\",\"End\":true}")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Field 'Coment' is not supported at /States/S");
    }

    @Test
    void pathsAreChecked() {
        assertThat(diagnostics(one("{\"Type\":\"Pass\",\"OutputPath\":\"Test\",\"End\":true}")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Value must be a valid JSONPath. at /States/S/OutputPath");
        assertThat(diagnostics(one("{\"Type\":\"Pass\",\"Assign\":{\"Variable.$\":\"Test\"},\"End\":true}")))
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: The value for the field 'Variable.$' must be a valid JSONPath"
                                + " or a valid intrinsic function call at /States/S/Assign/Variable.$");
        assertThat(diagnostics(one("{\"Type\":\"Pass\",\"ResultPath\":\"$..a\",\"End\":true}")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Value is not a Reference Path at /States/S/ResultPath");
    }

    @Test
    void aRuleWithoutNextIsReported() {
        assertThat(diagnostics("""
                        {"StartAt":"Choice","States":{"Choice":{"Type":"Choice","Choices":[{"Variable":"$","StringMatches":"Test"}],
                         "Default":"Success"},"Success":{"Type":"Succeed"}}}"""))
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/Choice/Choices[0]");
    }

    @Test
    void theQueryLanguageDecidesWhichFieldsThereAre() {
        assertThat(diagnostics(one("{\"Type\":\"Pass\",\"Output\":{},\"End\":true}")))
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is"
                                + " only supported for the 'JSONata' QueryLanguage at /States/S");
        assertThat(
                        diagnostics(
                                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONPath\",\"End\":true}}}"))
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole"
                                + " state machine at /States/S");
        assertThat(diagnostics(one("""
                        {"Type":"Map","ItemProcessor":{"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""")))
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/S/ItemProcessor");
    }

    @Test
    void statesInsideAJsonataMapInheritFromTheMachine() {
        assertThat(diagnostics(one("""
                        {"Type":"Map","QueryLanguage":"JSONata","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","Output":1,"End":true}}},"End":true}""")))
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is"
                                + " only supported for the 'JSONata' QueryLanguage at /States/S/ItemProcessor/States/P");
    }

    @Test
    void jsonataIsParsedWhenTheMachineIsCreated() {
        assertThat(diagnostics(jsonata("1 +")))
                .containsExactly("INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/Main/Output");
        assertThat(diagnostics(jsonata("a[1,2)")))
                .containsExactly("INVALID_JSONATA_EXPRESSION: Expected \"]\", got \",\" at /States/Main/Output");
        assertThat(diagnostics(jsonata("\"unterminated")))
                .containsExactly("INVALID_JSONATA_EXPRESSION: String literal must be terminated by a matching quote at"
                        + " /States/Main/Output");
        assertThat(diagnostics(jsonata("{\"a\":}")))
                .containsExactly("INVALID_JSONATA_EXPRESSION: The symbol \"}\" cannot be used as a unary operator at"
                        + " /States/Main/Output");
    }

    @Test
    void aVariableOfAnOuterScopeIsNotAssignedWithin() {
        String inner =
                "{%s\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Pass\",\"Assign\":{\"x.$\":\"$\",\"mine\":1},"
                        + "\"End\":true}}}";
        String map = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Assign\":{\"x\":1},\"Next\":\"M\"},"
                + "\"M\":{\"Type\":\"Map\",\"ItemProcessor\":%s,\"Assign\":{\"x\":2},\"End\":true}}}";

        assertThat(diagnostics(map.formatted(inner.formatted(""))))
                .containsExactly(
                        "DUPLICATE_VARIABLE_NAME: Cannot assign to variable '$x': it is assigned in an outer scope."
                                + " at /States/M/ItemProcessor/States/I/Assign/x.$");
        assertThat(diagnostics(map.formatted(inner.formatted(
                        "\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"))))
                .isEmpty();
    }

    @Test
    void childrenThatAreExpressObeyTheRulesOfExpressMachines() {
        String map = """
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{
                 "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},"StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:a","End":true}}},"End":true}}}""";

        assertThat(diagnostics(map.formatted("STANDARD"))).isEmpty();
        assertThat(diagnostics(map.formatted("EXPRESS")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN"
                        + " at /States/M/ItemProcessor/States/T/Resource");
    }

    @Test
    void anObjectsMembersAreItemsOfADistributedMapOnly() {
        String map = """
                {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","Items":{"a":1},"ItemProcessor":{
                 "ProcessorConfig":{%s},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""";

        assertThat(diagnostics(map.formatted("\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"EXPRESS\"")))
                .isEmpty();
        assertThat(diagnostics(map.formatted("\"Mode\":\"INLINE\"")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Expected value of type Array or a JSONata expression"
                        + " at /States/M/Items");
    }

    @Test
    void aStateWithoutAResultCannotReferToOne() {
        assertThat(diagnostics(jsonata("$states.result.a")))
                .containsExactly("UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.result' is not supported."
                        + " at /States/Main/Output");
        assertThat(diagnostics("""
                {"QueryLanguage":"JSONata","StartAt":"P","States":{
                 "P":{"Type":"Parallel","Arguments":"{% $states.result %}","Output":"{% $states.result %}",
                  "Assign":{"a":"{% $states.errorOutput %}","b":"{% $states.result %}"},
                  "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S","Output":"{% [$states.result, $states.errorOutput] %}"}],
                  "Branches":[{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}],"Next":"S"},
                 "S":{"Type":"Succeed"}}}"""))
                .containsExactlyInAnyOrder(
                        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.result' is not supported."
                                + " at /States/P/Arguments",
                        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.errorOutput' is not supported."
                                + " at /States/P/Assign/a",
                        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.result' is not supported."
                                + " at /States/P/Catch[0]/Output");
    }

    @Test
    void namesThatHaveNoContextAreRefused() {
        assertThat(diagnostics(jsonata("phone")))
                .containsExactly(
                        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported."
                                + " at /States/Main/Output");
        assertThat(diagnostics(jsonata("$states.input.list[phone = 1].{'a': phone}")))
                .isEmpty();
        assertThat(diagnostics(jsonata("$map($states.input, function($v){ $v.phone and true })")))
                .isEmpty();
        assertThat(diagnostics(jsonata("function($f, $a)<f<n:n>a<n>:a>{ $map($a, $f) }")))
                .isEmpty();
    }

    @Test
    void theRulesOfRetryAndCatchAreChecked() {
        String task = "{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION + "\",\"End\":true,";
        assertThat(diagnostics(one(task + "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]},{\"ErrorEquals\":[\"E\"]}]}")))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("at /States/S/Retry[0]/ErrorEquals");
        assertThat(diagnostics(one(task + "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"BackoffRate\":0.5}]}")))
                .hasSize(1);
        assertThat(diagnostics(one(task + "\"Catch\":[{\"ErrorEquals\":[\"E\"]}]}")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/S/Catch[0]");
    }

    @Test
    void resourcesAreChecked() {
        assertThat(diagnostics(one("{\"Type\":\"Task\",\"Resource\":\"nonsense\",\"End\":true}")))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/S/Resource");
        assertThat(diagnostics(
                        one("{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.sync\",\"End\":true}")))
                .hasSize(1);
        assertThat(
                        diagnostics(
                                one(
                                        "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::aws-sdk:kms:encrypt\",\"Parameters\":{},\"End\":true}")))
                .isEmpty();
    }

    @Test
    void stateNamesAreUniqueInTheWholeMachine() {
        assertThat(diagnostics(one("""
                        {"Type":"Parallel","Branches":[{"StartAt":"S","States":{"S":{"Type":"Pass","End":true}}}],"End":true}""")))
                .containsExactly("DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/Branches[0]/States/S");
    }

    @Test
    void brokenJsonIsReported() {
        assertThat(diagnostics("{")).hasSize(1).first().asString().startsWith("INVALID_JSON_DESCRIPTION: ");
    }

    @Test
    void warningsAreShownOnRequestAndDoNotFail() {
        String definition = one("{\"Type\":\"Pass\",\"Parameters\":{\"a\":\"$.x\"},\"Result\":\"$.y\",\"End\":true}");

        assertThat(validate(definition, "ERROR").diagnostics()).isEmpty();
        assertThat(validate(definition, "WARNING").result()).isEqualTo("OK");
        assertThat(validate(definition, "WARNING").diagnostics())
                .extracting(ValidateStateMachineDefinitionDiagnostic::code_)
                .containsExactlyInAnyOrder("NO_DOLLAR", "PASS_RESULT_IS_STATIC");
    }

    @Test
    void anExpressMachineTakesNoCallbacks() {
        assertThatThrownBy(() -> sfn.create(
                        one(
                                "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"End\":true}"),
                        "EXPRESS"))
                .hasMessageContaining("Express state machine does not support '.waitForTaskToken' service integration");
    }
}
