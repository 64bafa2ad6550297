package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.stepfunctions.asl.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of AWS's page on intrinsic functions, and paths. */
class IntrinsicsTest {
    private static final String INPUT =
            "{\"name\":\"x\",\"n\":1,\"list\":[1,2,3,4,5,6,7,8,9],\"dup\":[1,2,3,3,3,3,3,3,4],\"chunk\":4,\"id\":123456,"
                    + "\"o\":{\"a\":{\"b\":[{\"c\":1,\"d\":true},{\"c\":2,\"d\":false}]}},\"json\":\"{\\\"number\\\":20}\",\"empty\":[],"
                    + "\"j1\":{\"a\":{\"a1\":1,\"a2\":2},\"b\":2},\"j2\":{\"a\":{\"a3\":1,\"a4\":2},\"c\":3},\"it's\":1,\"csv\":\"1,2,3,4,5\"}";

    private final Machines sfn = new Machines();

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
            States.Array($.id, 'b', null, true, 1.5) => [123456,"b",null,true,1.5]
            States.ArrayPartition($.list, $.chunk) => [[1,2,3,4],[5,6,7,8],[9]]
            States.ArrayContains($.list, 5) => true
            States.ArrayContains($.list, 50) => false
            States.ArrayRange(1, 9, 2) => [1,3,5,7,9]
            States.ArrayGetItem($.list, 5) => 6
            States.ArrayLength($.list) => 9
            States.ArrayUnique($.dup) => [1,2,3,4]
            States.Base64Encode('Data to encode') => "RGF0YSB0byBlbmNvZGU="
            States.Base64Decode('RGVjb2RlZCBkYXRh') => "Decoded data"
            States.Hash('input data', 'SHA-1') => "aaff4a450a104cd177d28d18d74485e8cae074b7"
            States.JsonMerge($.j1, $.j2, false) => {"a":{"a3":1,"a4":2},"b":2,"c":3}
            States.StringToJson($.json) => {"number":20}
            States.JsonToString($.j1) => "{\\"a\\":{\\"a1\\":1,\\"a2\\":2},\\"b\\":2}"
            States.MathAdd(111, -1) => 110
            States.StringSplit($.csv, ',') => ["1","2","3","4","5"]
            States.StringSplit('This.is+a,test', '.+,') => ["This","is","a","test"]
            States.Format('Hello {} and {}', $.name, $.n) => "Hello x and 1"
            States.Format('Braces \\{\\} and it\\'s {}', 1) => "Braces {} and it's 1"
            States.Format('{}', States.Format('nested {}', $.n)) => "nested 1"
            States.MathRandom(1, 2) => 1
            $.o.a.b[1].c => 2
            $.o.a.b[*].c => [1,2]
            $..c => [1,2,3]
            $.o.a.b[?(@.d == true)].c => [1]
            $.o.a.b[?(@.c > 1 && !(@.d == true))] => [{"c":2,"d":false}]
            $.list[0,2] => [1,3]
            $.list[-2:] => [8,9]
            $.list[1:3] => [2,3]
            $.list.length() => 9
            $['name'] => "x"
            $.empty[*].a => []
            """)
    void aFunctionOrPathGivesItsValue(String expression, String expected) {
        String fields = "\"Parameters\":{\"v.$\":" + new TextNode(expression) + "}";

        assertThat(Json.same(sfn.pass(fields, INPUT).get("v"), Json.of(expected)))
                .as(sfn.pass(fields, INPUT).get("v").toString())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '\0', textBlock = """
            States.ArrayRange(1, 100000, 1) => States.IntrinsicFailure
            States.ArrayRange(1, 2, 0) => States.IntrinsicFailure
            States.ArrayGetItem($.list, 99) => States.IntrinsicFailure
            States.Format('{} {}', 1) => States.IntrinsicFailure
            States.StringToJson('{') => States.IntrinsicFailure
            States.Base64Decode('!!') => States.IntrinsicFailure
            States.Hash('a', 'CRC') => States.IntrinsicFailure
            States.JsonMerge($.j1, $.j2, true) => States.IntrinsicFailure
            States.ArrayPartition($.list, 0) => States.IntrinsicFailure
            States.ArrayLength($.missing) => States.Runtime
            $.missing => States.Runtime
            $undefined => States.Runtime
            """)
    void whatCannotBeComputedFailsTheState(String expression, String error) {
        String execution = sfn.run(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true,\"Parameters\":{\"v.$\":"
                        + new TextNode(expression) + "}}}}",
                INPUT);

        assertThat(sfn.describe(execution).error()).isEqualTo(error);
    }

    @Test
    void aUuidHasItsForm() {
        assertThat(sfn.pass("\"Parameters\":{\"v.$\":\"States.UUID()\"}", "{}")
                        .get("v")
                        .textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void aPatternThatBacktracksWithoutEndIsNoMatch() {
        String input = "{\"l\":[{\"s\":\"" + "a".repeat(40) + "!\"}]}";

        assertThat(sfn.pass("\"Parameters\":{\"v.$\":\"$.l[?(@.s =~ /(a+)+/)]\"}", input)
                        .get("v"))
                .isEmpty();
    }

    @Test
    void anInputPathThatLeadsNowhereFailsWithTheLibrarysWords() {
        String execution = sfn.run(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true,\"InputPath\":\"$.a.b\"}}}",
                "{\"x\":1}");

        assertThat(sfn.describe(execution).cause()).endsWith("Invalid path '$.a.b' : Missing property in path $['a']");
    }

    @Test
    void nullPathsDropDataAndResultPathsMakeTheirWay() {
        assertThat(sfn.pass("\"InputPath\":null", "{\"x\":1}")).isEqualTo(Json.of("{}"));
        assertThat(sfn.pass("\"OutputPath\":null", "{\"x\":1}")).isEqualTo(Json.of("{}"));
        assertThat(sfn.pass("\"Result\":1,\"ResultPath\":null", "{\"x\":1}")).isEqualTo(Json.of("{\"x\":1}"));
        assertThat(sfn.pass("\"Result\":1,\"ResultPath\":\"$.a.b\"", "{\"x\":1}"))
                .isEqualTo(Json.of("{\"x\":1,\"a\":{\"b\":1}}"));
    }
}
