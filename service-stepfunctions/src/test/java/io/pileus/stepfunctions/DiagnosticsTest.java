package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.stepfunctions.model.ValidateStateMachineDefinitionDiagnostic;
import io.pileus.stepfunctions.model.ValidateStateMachineDefinitionInput;
import io.pileus.stepfunctions.model.ValidateStateMachineDefinitionOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of AWS's diagnostics, as others measured them with ValidateStateMachineDefinition. */
class DiagnosticsTest {
    private final Machines sfn = new Machines();

    private ValidateStateMachineDefinitionOutput validate(String definition, String type, Integer maxResults) {
        return sfn.service.validateStateMachineDefinition(
                ValidateStateMachineDefinitionInput.builder()
                        .definition(definition)
                        .type(type)
                        .maxResults(maxResults)
                        .build(),
                sfn.call());
    }

    private List<String> diagnostics(String definition, String type) {
        return validate(definition, type, null).diagnostics().stream()
                .map(DiagnosticsTest::text)
                .toList();
    }

    private static String text(ValidateStateMachineDefinitionDiagnostic d) {
        return d.code_() + ": " + d.message() + " at " + d.location();
    }

    private static String one(String state) {
        return "{\"StartAt\":\"S\",\"States\":{\"S\":" + state + "}}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "Type":"Wait","Seconds":100000000                           | Maximum value is 99999999 at /States/S/Seconds
            "Type":"Wait","Seconds":-1                                  | Minimum value is 0 at /States/S/Seconds
            "Type":"Wait","Seconds":1,"Timestamp":"2026-01-01T00:00:00Z"| There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S
            "Type":"Wait"                                               | This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S
            "Type":"Wait","Timestamp":"yesterday"                       | String does not match RFC3339 timestamp at /States/S/Timestamp
            "Type":"Wait","SecondsPath":"$$.Execution.Input.n"          | Value is not a Reference Path at /States/S/SecondsPath
            "Type":"Wait","SecondsPath":"seconds"                       | Value must be a valid JSONPath. at /States/S/SecondsPath
            "Type":"Wait","Seconds":"5"                                 | Expected value of type Integer at /States/S/Seconds
            "Type":"Pass","Comment":5                                   | Expected value of type String at /States/S/Comment
            "Type":"Pass","Next":"S"                                    | There should only be one of the following fields: [Next, End] at /States/S
            "Type":"Pass","TimeoutSeconds":1                            | Field 'TimeoutSeconds' is not supported at /States/S
            "Type":"Pass","QueryLanguage":"SQL"                         | Value should be one of the following: [JSONPath, JSONata] at /States/S/QueryLanguage
            "Type":"Pass","Assign":{"states":1}                         | RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign/states
            "Type":"Pass","Assign":{"a-b":1}                            | INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains invalid characters. at /States/S/Assign/a-b
            "Type":"Pass","QueryLanguage":"JSONata","Output":"{% 1"     | JSONata string must start with {% and end with %} at /States/S/Output
            "Type":"Pass","Parameters":{"a.$":"x"}                      | The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/a.$
            """)
    void aBrokenRuleIsReportedInAwsWords(String fields, String diagnostic) {
        String expected = diagnostic.contains("NAME: ") ? diagnostic : "SCHEMA_VALIDATION_FAILED: " + diagnostic;

        assertThat(diagnostics(one("{" + fields + ",\"End\":true}"), "STANDARD"))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            arn:aws:states:::sqs:sendMessage       |                                     | Parameters field is required for resource ARN: arn:aws:states:::sqs:sendMessage at /States/S
            arn:aws:states:::sqs:sendMessage       | "Parameters":{"QueueUrl.$":"$.q"}   | The field 'MessageBody' is required but was missing at /States/S/Parameters
            arn:aws:states:::lambda:invoke.sync    | "Parameters":{"FunctionName":"f"}   | The resource provided arn:aws:states:::lambda:invoke.sync is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource
            arn:aws:lambda:us-east-1:1:function:f  | "Credentials":{}                    | The field 'RoleArn' is required but was missing at /States/S/Credentials
            arn:aws:states:us-east-1:1:activity:a  | "Credentials":{"RoleArn":"r"}       | The field 'Credentials' is not supported for activities at /States/S
            arn:aws:lambda:us-east-1:1:function:f  | "TimeoutSeconds":0                  | Minimum value is 1 at /States/S/TimeoutSeconds
            arn:aws:lambda:us-east-1:1:function:f  | "TimeoutSeconds":1,"TimeoutSecondsPath":"$.t"   | There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/S
            arn:aws:lambda:us-east-1:1:function:f  | "Retry":[{"ErrorEquals":[]}]        | Value cannot be empty at /States/S/Retry[0]/ErrorEquals
            arn:aws:lambda:us-east-1:1:function:f  | "Retry":[{"ErrorEquals":["States.ALL","E"]}]    | States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals
            arn:aws:lambda:us-east-1:1:function:f  | "Retry":[{"ErrorEquals":["E"],"BackoffRate":0.5}]        | Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate
            arn:aws:lambda:us-east-1:1:function:f  | "Retry":[{"ErrorEquals":["E"],"MaxDelaySeconds":31622401}] | Maximum value is 31622400 at /States/S/Retry[0]/MaxDelaySeconds
            arn:aws:lambda:us-east-1:1:function:f  | "Retry":[{"ErrorEquals":["E"],"JitterStrategy":"SOME"}]  | Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy
            """)
    void aTasksFieldsAreCheckedAgainstItsResource(String resource, String fields, String diagnostic) {
        String state = "{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"End\":true"
                + (fields == null ? "" : "," + fields) + "}";

        assertThat(diagnostics(one(state), "STANDARD")).contains("SCHEMA_VALIDATION_FAILED: " + diagnostic);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"Mode":"DISTRIBUTED"}                          |                                                | These fields are required: [ExecutionType] at /States/S/ItemProcessor/ProcessorConfig
            {"Mode":"DISTRIBUTED","ExecutionType":"FAST"}   |                                                | Value should be one of the following: [STANDARD, EXPRESS] at /States/S/ItemProcessor/ProcessorConfig/ExecutionType
            {"Mode":"INLINE","ExecutionType":"STANDARD"}    |                                                | Field 'ExecutionType' is not supported at /States/S/ItemProcessor/ProcessorConfig
            {"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"}| "ItemReader":{"Resource":"arn:aws:states:::s3:putObject"}       | The field 'Resource' does not match any of the allowed values at /States/S/ItemReader/Resource
            {"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"}| "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV"}}  | The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig
            {"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"}| "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON","MaxItems":1,"MaxItemsPath":"$.n"}}  | There should only be one of the following fields: [MaxItems, MaxItemsPath] at /States/S/ItemReader/ReaderConfig
            {"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"}| "ToleratedFailurePercentage":100.5             | Maximum value is 100.0 at /States/S/ToleratedFailurePercentage
            {"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"}| "ToleratedFailureCount":-1                     | Minimum value is 0 at /States/S/ToleratedFailureCount
            {"Mode":"INLINE"}                               | "MaxConcurrencyPath":"$$.Execution.Input.n"    | Value is not a Reference Path at /States/S/MaxConcurrencyPath
            {"Mode":"INLINE"}                               | "ItemsPath":"$.a[*]"                           | Value is not a Reference Path at /States/S/ItemsPath
            """)
    void aMapsFieldsAreCheckedByItsMode(String config, String fields, String diagnostic) {
        String state = "{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":{\"ProcessorConfig\":" + config
                + ",\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"
                + (fields == null ? "" : "," + fields) + "}";

        assertThat(diagnostics(one(state), "STANDARD")).contains("SCHEMA_VALIDATION_FAILED: " + diagnostic);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            []                                                        | Value cannot be empty at /States/S/Choices
            [{"Variable":"$.a","IsNull":true}]                        | These fields are required: [Next] at /States/S/Choices[0]
            [{"Variable":"$.a","And":[],"Next":"E"}]                  | The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/S/Choices[0]
            [{"Next":"E"}]                                            | The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/S/Choices[0]
            [{"Variable":"a","IsNull":true,"Next":"E"}]               | Value is not a Reference Path: Reference path didn't start with '$' at /States/S/Choices[0]/Variable
            [{"Not":{"Variable":"$.a","IsNull":true,"Next":"E"},"Next":"E"}] | Field 'Next' is not supported at /States/S/Choices[0]/Not
            """)
    void theRulesOfAChoiceAreChecked(String choices, String diagnostic) {
        String definition = "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Choice\",\"Choices\":" + choices
                + ",\"Default\":\"E\"},\"E\":{\"Type\":\"Succeed\"}}}";

        assertThat(diagnostics(definition, "STANDARD")).contains("SCHEMA_VALIDATION_FAILED: " + diagnostic);
    }

    @Test
    void anExpressMachineHasNeitherDistributedMapsNorAwaitedTasks() {
        assertThat(diagnostics(one("""
                        {"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
                         "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}"""), "EXPRESS"))
                .containsExactly("SCHEMA_VALIDATION_FAILED: The field 'Mode' with value 'DISTRIBUTED' is not supported"
                        + " inside 'EXPRESS' state machines at /States/S/ItemProcessor/ProcessorConfig/Mode");
        assertThat(diagnostics(one("""
                        {"Type":"Task","End":true,"Resource":"arn:aws:states:us-east-1:000000000000:activity:a"}"""), "EXPRESS"))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN at"
                        + " /States/S/Resource");
        assertThat(diagnostics(one("""
                        {"Type":"Task","End":true,"Resource":"arn:aws:states:::states:startExecution.sync:2",
                         "Parameters":{"StateMachineArn":"a"}}"""), "EXPRESS"))
                .containsExactly("SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service"
                        + " integration at /States/S/Resource");
    }

    @Test
    void labelsAreUniqueInTheWholeMachine() {
        String map = """
                {"Type":"Map","Label":"l","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
                 "StartAt":"%s","States":{"%s":{"Type":"Pass","End":true}}},%s}""";
        String definition = "{\"StartAt\":\"A\",\"States\":{\"A\":" + map.formatted("P", "P", "\"Next\":\"B\"")
                + ",\"B\":" + map.formatted("Q", "Q", "\"End\":true") + "}}";

        assertThat(diagnostics(definition, "STANDARD"))
                .containsExactly("DUPLICATE_LABEL_NAME: Duplicate Label name: l at /States/B/Label");
    }

    @Test
    void onlySoManyDiagnosticsAreShownAndTheOthersAreSaidToBeLeftOut() {
        String definition = one("{\"Type\":\"Wait\",\"Seconds\":-1,\"A\":1,\"B\":2,\"End\":true}");

        ValidateStateMachineDefinitionOutput two = validate(definition, "STANDARD", 2);
        ValidateStateMachineDefinitionOutput all = validate(definition, "STANDARD", 0);

        assertThat(two.diagnostics()).hasSize(2);
        assertThat(two.truncated()).isTrue();
        assertThat(two.result()).isEqualTo("FAIL");
        assertThat(all.diagnostics()).hasSize(3);
        assertThat(all.truncated()).isFalse();
    }

    @Test
    void aTimeoutOfZeroAndAnIntervalOfZeroAreTaken() {
        assertThat(diagnostics("""
                        {"StartAt":"S","TimeoutSeconds":0,"States":{"S":{"Type":"Parallel","End":true,
                         "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":0}],
                         "Branches":[{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}]}}}""", "STANDARD")).isEmpty();
    }
}
