package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.HistoryEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonataTest {
    private final Machines sfn = new Machines();

    private String evaluate(String expression) {
        return sfn.run(
                sfn.jsonata("\"Output\":{\"v\":"
                        + new com.fasterxml.jackson.databind.node.TextNode("{% " + expression + " %}") + "}"),
                "{\"n\":5,\"s\":\"abc\",\"arr\":[1,2,3],\"nil\":null,\"mixed\":[1,\"a\"]}");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
            $states.input.n + 1 => 6
            $sum($states.input.arr) => 6
            $states.input.s & '!' => "abc!"
            $partition([1,2,3,4], 2) => [[1,2],[3,4]]
            $partition([1,2,3], 2) => [[1,2],[3]]
            $range(0, 6, 2) => [0,2,4,6]
            $range(0, 7, 2) => [0,2,4,6]
            $range(5, 1, -2) => [5,3,1]
            $hash('input', 'SHA-1') => "140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"
            $random(42) => 0.7275636800328681
            $parse('{"a":1}').a => 1
            $parse('null') => null
            $states.input.nil => null
            $map($states.input.arr, function($x){$x*2}) => [2,4,6]
            {'a': $states.input.n > 3 ? 'big' : 'small'} => {"a":"big"}
            $millis() => 1767225600000
            $now() => "2026-01-01T00:00:00.000Z"
            $states.context.State.Name => "E"
            $length($uuid()) => 36
            $filter([1,2,3], function($v){$v > 1}) => [2,3]
            [1..3] => [1,2,3]
            $encodeUrl('a b?c=é') => "a%20b?c=%C3%A9"
            $substring($states.input.s, $states.input.missing) => "abc"
            $formatNumber(12.5, '#0.00') => "12.50"
            """)
    void anExpressionGivesItsValue(String expression, String expected) {
        assertThat(sfn.output(evaluate(expression)).get("v")).isEqualTo(Json.of(expected));
    }

    @Test
    void anExpressionThatReturnsNothingFailsTheStateAndNamesItsField() {
        String execution = evaluate("$states.input.missing");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(sfn.describe(execution).cause())
                .isEqualTo("An error occurred while executing the state 'E' (entered at the event id #2). The JSONata"
                        + " expression '$states.input.missing' specified for the field 'Output/v' returned nothing"
                        + " (undefined).");
        assertThat(sfn.types(execution))
                .containsExactly("ExecutionStarted", "PassStateEntered", "EvaluationFailed", "ExecutionFailed");
        HistoryEvent failed = sfn.history(execution).get(2);
        assertThat(failed.evaluationFailedEventDetails().location()).isEqualTo("Output/v");
        assertThat(failed.evaluationFailedEventDetails().state()).isEqualTo("E");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
            $sum($states.input.mixed) => . T0412: Argument 1 of function "sum" must be an array of "numbers"
            $abs('x') => . T0410: Argument 1 of function "abs" does not match function signature
            1 + 'a' => . T2002: The right side of the "+" operator must evaluate to a number
            $eval('1+1') => . T1006: Attempted to invoke a non-function
            1 < 'a' => . T2009: The values 1 and "a" either side of operator "<" must be of the same data type
            $number('x') => . D3030: Unable to cast value to a number: "x"
            $toMillis('x') => . D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "x"
            $partition([1], 'x') => . T0410: Argument 2 of function "partition" does not match function signature
            """)
    void anExpressionThatFailsSaysWhyInTheWordsOfJsonata(String expression, String words) {
        String execution = evaluate(expression);

        assertThat(sfn.describe(execution).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(sfn.describe(execution).cause())
                .endsWith("specified for the field 'Output/v' threw an error during evaluation" + words);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
            [1..900000] ~> $count() => memory limit
            $sum([1..900000]) => memory limit
            ($f := function($x){ $f($x+1) }; $f(1)) => timeout
            ($f := function($x){ 1 + $f($x+1) }; $f(1)) => Stack overflow
            ($f := function($s){ $f($s & $s) }; $f('xxxxxxxxxxxxxxxx')) => memory limit
            $pad('x', 2000000000) => memory limit
            $range(1, 2000000000, 1) => memory limit
            $contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+\\1b$/) => timeout
            $replace('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+\\1b$/, 'b') => timeout
            $filter(['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'], $contains(?, /^(a+)+\\1b$/)) => timeout
            /^(a+)+\\1b$/('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!') => timeout
            'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' ~> /^(a+)+\\1b$/ => timeout
            ($a := [1..100000]; $b := [$a,$a,$a,$a,$a,$a,$a]; {'a':$b,'b':$b,'c':$b,'d':$b}) => memory limit
            """)
    void anExpressionThatGrowsWithoutBoundIsEnded(String expression, String word) {
        String execution = evaluate(expression);

        assertThat(sfn.describe(execution).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(sfn.describe(execution).cause()).contains(word);
    }

    @Test
    void aSumOf200TermsIsTooDeepAsOnAws() {
        String execution = evaluate("1" + "+1".repeat(199));

        assertThat(sfn.describe(execution).error()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void jsonataStatesChooseWaitMapAndAssign() {
        String execution = sfn.run("""
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                 "A":{"Type":"Pass","Assign":{"limit":"{% $states.input.limit %}"},"Next":"C"},
                 "C":{"Type":"Choice","Choices":[{"Condition":"{% $limit > 1 %}","Output":{"list":"{% [1..$limit] %}"},"Next":"M"}],"Default":"F"},
                 "M":{"Type":"Map","Items":"{% $states.input.list %}","ItemSelector":{"v":"{% $states.context.Map.Item.Value %}"},
                   "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","Output":"{% $states.input.v * $limit %}","End":true}}},"Next":"W"},
                 "W":{"Type":"Wait","Seconds":"{% $limit %}","Next":"S"},
                 "S":{"Type":"Succeed","Output":{"r":"{% $states.input %}"}},
                 "F":{"Type":"Fail","Error":"{% 'E' & $limit %}"}}}""", "{\"limit\":3}");
        sfn.advance(Duration.ofSeconds(3));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"r\":[3,6,9]}"));
    }

    @Test
    void aTaskSeesItsArgumentsAndItsResultAndACatcherTheError() {
        sfn.function(in -> in.path("fail").asBoolean() ? Machines.fails("E", "m") : Machines.returns("{\"r\":2}"));
        String machine = sfn.create("""
                {"QueryLanguage":"JSONata","StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"%s","Arguments":{"fail":"{%% $states.input.fail %%}"},
                  "Output":"{%% $states.result.r + 1 %%}",
                  "Catch":[{"ErrorEquals":["E"],"Output":{"was":"{%% $states.errorOutput.Error %%}"},
                    "Assign":{"err":"{%% $states.errorOutput.Error %%}"},"Next":"S"}],"Next":"S"},
                 "S":{"Type":"Succeed"}}}""".formatted(Machines.FUNCTION));

        assertThat(sfn.output(sfn.start(machine, "{\"fail\":false}"))).isEqualTo(Json.of("3"));
        assertThat(sfn.output(sfn.start(machine, "{\"fail\":true}"))).isEqualTo(Json.of("{\"was\":\"E\"}"));
    }

    @Test
    void aConditionThatIsNoBooleanFailsTheChoice() {
        String execution = sfn.run("""
                {"QueryLanguage":"JSONata","StartAt":"C","States":{
                 "C":{"Type":"Choice","Choices":[{"Condition":"{% 1 %}","Next":"S"}],"Default":"S"},"S":{"Type":"Succeed"}}}""", "{}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(sfn.describe(execution).cause()).contains("'Choices[0]/Condition'");
    }
}
