package io.pileus.lambda.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.service.AwsException;
import io.pileus.lambda.filter.RecordFilter.Source;
import io.pileus.lambda.model.Filter;
import io.pileus.lambda.model.FilterCriteria;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilterTest {

    private static RecordFilter filter(Source source, String... patterns) {
        List<Filter> filters = new ArrayList<>();
        for (String pattern : patterns) {
            filters.add(Filter.builder().pattern(pattern).build());
        }
        return RecordFilter.of(FilterCriteria.builder().filters(filters).build(), source);
    }

    private static boolean passes(RecordFilter filter, String body) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("messageId", "m1");
        return filter.passes(record, body);
    }

    private static boolean fits(String pattern, String body) {
        return passes(filter(Source.QUEUE, "{\"body\":" + pattern + "}"), body);
    }

    /** Sources: Lambda's filter rule syntax, and EventBridge's comparison operators, to which it refers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':['x']}                                   | {'a':'x'}               | true",
                "{'a':['x']}                                   | {'a':'X'}               | false",
                "{'a':['x','y']}                               | {'a':'y'}               | true",
                "{'a':['x']}                                   | {'b':'x'}               | false",
                "{'a':['x'],'b':['y']}                         | {'a':'x','b':'y','c':1} | true",
                "{'a':['x'],'b':['y']}                         | {'a':'x'}               | false",
                "{'a':[null]}                                  | {'a':null}              | true",
                "{'a':[null]}                                  | {}                      | false",
                "{'a':[null]}                                  | {'a':'null'}            | false",
                "{'a':['']}                                    | {'a':''}                | true",
                "{'a':['']}                                    | {'a':null}              | false",
                "{'a':[true]}                                  | {'a':true}              | true",
                "{'a':[true]}                                  | {'a':'true'}            | false",
                "{'a':[300]}                                   | {'a':300}               | true",
                "{'a':[300]}                                   | {'a':300.0}             | false",
                "{'a':[3.0e2]}                                 | {'a':300.0}             | false",
                "{'a':[3.0e2]}                                 | {'a':3.0e2}             | true",
                "{'a':[300]}                                   | {'a':'300'}             | false",
                "{'a':{'b':{'c':['x']}}}                       | {'a':{'b':{'c':'x'}}}   | true",
                "{'a':['x']}                                   | {'a':['w','x']}         | true",
                "{'a':['x']}                                   | {'a':[['x']]}           | true",
                "{'a':['x']}                                   | {'a':[]}                | false",
                "{'a':['x']}                                   | {'a':{'x':'x'}}         | false",
                "{'a':{'b':[1]}}                               | {'a':[{'b':2},{'b':1}]} | true",
                "{'a':{'b':[1],'c':[2]}}                       | {'a':[{'b':1},{'c':2}]} | false",
                "{'a':{'b':[1],'c':[2]}}                       | {'a':[{'b':1,'c':2}]}   | true",
                "{'a':[{'exists':true}]}                       | {'a':null}              | true",
                "{'a':[{'exists':true}]}                       | {}                      | false",
                "{'a':[{'exists':true}]}                       | {'a':{'b':1}}           | false",
                "{'a':[{'exists':false}]}                      | {}                      | true",
                "{'a':[{'exists':false}]}                      | {'a':1}                 | false",
                "{'a':[{'exists':false}]}                      | {'a':{'b':1}}           | true",
                "{'a':{'b':[{'exists':false}]}}                | {'c':1}                 | true",
                "{'a':['x',{'exists':false}]}                  | {}                      | true",
                "{'a':[{'prefix':'us-'}]}                      | {'a':'us-east-1'}       | true",
                "{'a':[{'prefix':'us-'}]}                      | {'a':'eu-west-1'}       | false",
                "{'a':[{'prefix':'1'}]}                        | {'a':10}                | false",
                "{'a':[{'prefix':{'equals-ignore-case':'US'}}]} | {'a':'us-east-1'}      | true",
                "{'a':[{'suffix':'.png'}]}                     | {'a':'cat.png'}         | true",
                "{'a':[{'suffix':'.png'}]}                     | {'a':'png'}             | false",
                "{'a':[{'suffix':{'equals-ignore-case':'.PNG'}}]} | {'a':'cat.png'}      | true",
                "{'a':[{'equals-ignore-case':'Alice'}]}        | {'a':'aLICE'}           | true",
                "{'a':[{'equals-ignore-case':'Alice'}]}        | {'a':'Alicia'}          | false",
                "{'a':[{'anything-but':'x'}]}                  | {'a':'y'}               | true",
                "{'a':[{'anything-but':'x'}]}                  | {'a':'x'}               | false",
                "{'a':[{'anything-but':'x'}]}                  | {}                      | false",
                "{'a':[{'anything-but':'x'}]}                  | {'a':5}                 | true",
                "{'a':[{'anything-but':['x','y']}]}            | {'a':'y'}               | false",
                "{'a':[{'anything-but':[1,2]}]}                | {'a':2.0}               | false",
                "{'a':[{'anything-but':[1,2]}]}                | {'a':3}                 | true",
                "{'a':[{'anything-but':{'prefix':'x'}}]}       | {'a':'xy'}              | false",
                "{'a':[{'anything-but':{'prefix':['x','y']}}]} | {'a':'z'}               | true",
                "{'a':[{'anything-but':{'suffix':'y'}}]}       | {'a':'xy'}              | false",
                "{'a':[{'anything-but':{'suffix':['a','y']}}]} | {'a':'xz'}              | true",
                "{'a':[{'anything-but':{'equals-ignore-case':'X'}}]} | {'a':'x'}         | false",
                "{'a':[{'anything-but':{'equals-ignore-case':['X','Y']}}]} | {'a':'z'}   | true",
                "{'a':[{'anything-but':{'wildcard':'x*z'}}]}   | {'a':'xyz'}             | false",
                "{'a':[{'anything-but':{'wildcard':['x*','*y']}}]} | {'a':'z'}           | true",
                "{'a':[{'numeric':['=',100]}]}                 | {'a':1e2}               | true",
                "{'a':[{'numeric':['>',10,'<=',20]}]}          | {'a':20}                | true",
                "{'a':[{'numeric':['>',10,'<=',20]}]}          | {'a':10}                | false",
                "{'a':[{'numeric':['<',0]}]}                   | {'a':-0.5}              | true",
                "{'a':[{'numeric':['>=',0]}]}                  | {'a':'1'}               | false",
                "{'a':[{'cidr':'10.0.0.0/24'}]}                | {'a':'10.0.0.255'}      | true",
                "{'a':[{'cidr':'10.0.0.0/24'}]}                | {'a':'10.0.1.0'}        | false",
                "{'a':[{'cidr':'2001:db8::/32'}]}              | {'a':'2001:db8::1'}     | true",
                "{'a':[{'wildcard':'a*b*c'}]}                  | {'a':'a-b-b-c'}         | true",
                "{'a':[{'wildcard':'a*b*c'}]}                  | {'a':'a-c'}             | false",
                "{'a':[{'wildcard':'*'}]}                      | {'a':''}                | true",
                "{'a':[{'wildcard':'ab*ba'}]}                  | {'a':'aba'}             | false",
                "{'a':[{'wildcard':'5\\\\\\\\*'}]}             | {'a':'5*'}              | true",
                "{'a':[{'wildcard':'5\\\\\\\\*'}]}             | {'a':'55'}              | false",
                "{'$or':[{'a':[1]},{'b':[2]}]}                 | {'b':2}                 | true",
                "{'$or':[{'a':[1]},{'b':[2]}]}                 | {'a':2,'b':1}           | false",
                "{'c':[3],'$or':[{'a':[1]},{'b':[2]}]}         | {'a':1}                 | false",
                "{'$or':[{'a':[1],'$or':[{'b':[1]},{'c':[1]}]},{'d':[1]}]} | {'a':1,'c':1} | true",
                "{'$or':['x']}                                 | {'$or':'x'}             | true",
            })
    void aPatternFitsWhatItDescribes(String pattern, String body, boolean expected) {
        assertThat(fits(pattern.replace('\'', '"').replace("\\\\\\\\", "\\\\"), body.replace('\'', '"')))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{'a':'x'}",
                "{'a':[]}",
                "{'a':{}}",
                "{'a':[['x']]}",
                "{'a':[{'unknown':'x'}]}",
                "{'a':[{'prefix':'x','suffix':'y'}]}",
                "{'a':[{'prefix':1}]}",
                "{'a':[{'prefix':{'wildcard':'x'}}]}",
                "{'a':[{'exists':'yes'}]}",
                "{'a':[{'anything-but':[]}]}",
                "{'a':[{'anything-but':['x',1]}]}",
                "{'a':[{'anything-but':null}]}",
                "{'a':[{'anything-but':{'numeric':['=',1]}}]}",
                "{'a':[{'numeric':[]}]}",
                "{'a':[{'numeric':['>']}]}",
                "{'a':[{'numeric':['!=',1]}]}",
                "{'a':[{'numeric':['>',20,'<',10]}]}",
                "{'a':[{'numeric':['<',10,'>',1]}]}",
                "{'a':[{'numeric':['=','1']}]}",
                "{'a':[{'numeric':['<',5000000001]}]}",
                "{'a':[{'cidr':'10.0.0.1'}]}",
                "{'a':[{'cidr':'10.0.0.0/33'}]}",
                "{'a':[{'wildcard':'a**b'}]}",
                "{'a':[{'wildcard':'a\\\\b'}]}",
                "{'a':['x']} {}",
            })
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> filter(Source.QUEUE, pattern.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterValueException"))
                .hasMessage("Invalid filter pattern definition.");
    }

    @Test
    void oneOfSeveralFiltersMustFit() {
        RecordFilter filter = filter(Source.QUEUE, "{\"body\":[\"a\"]}", "{\"body\":[\"b\"]}");

        assertThat(passes(filter, "b")).isTrue();
        assertThat(passes(filter, "c")).isFalse();
        assertThat(passes(filter(Source.QUEUE), "anything")).isTrue();
    }

    @Test
    void aMappingHasFiveFiltersAtMost() {
        String[] six = {"{\"a\":[1]}", "{\"a\":[1]}", "{\"a\":[1]}", "{\"a\":[1]}", "{\"a\":[1]}", "{\"a\":[1]}"};

        assertThatThrownBy(() -> filter(Source.QUEUE, six)).isInstanceOf(AwsException.class);
    }

    /** The table in "Properly filtering Amazon SQS messages". */
    @Test
    void textAndJsonDoNotFitEachOthersPatterns() {
        RecordFilter text = filter(Source.QUEUE, "{\"body\":[{\"anything-but\":\"x\"}]}");
        RecordFilter fields = filter(Source.QUEUE, "{\"body\":{\"a\":[{\"exists\":false}]}}");
        RecordFilter other = filter(Source.QUEUE, "{\"messageId\":[\"m1\"]}");

        assertThat(passes(text, "plain")).isTrue();
        assertThat(passes(text, "[\"plain\"]")).isFalse();
        assertThat(passes(fields, "{\"b\":1}")).isTrue();
        assertThat(passes(fields, "plain")).isFalse();
        assertThat(passes(other, "plain")).isTrue();
        assertThat(passes(other, "{\"b\":1}")).isTrue();
    }

    @Test
    void theDataOfAStreamIsFilteredByItsFieldsOnly() {
        assertThatThrownBy(() -> filter(Source.STREAM, "{\"data\":[\"x\"]}"))
                .hasMessage("Invalid filter pattern definition.");
        assertThat(passes(filter(Source.STREAM, "{\"data\":{\"a\":[1]}}"), "{\"a\":1}"))
                .isTrue();
    }

    @Test
    void aWildcardIsMatchedInNoTimeWhateverTheText() {
        String pattern = "*" + "a".repeat(2000) + "b*";
        String text = "a".repeat(900_000);

        long began = System.nanoTime();
        boolean fits = fits("{\"a\":[{\"wildcard\":\"" + pattern + "\"}]}", "{\"a\":\"" + text + "\"}");

        assertThat(fits).isFalse();
        assertThat(System.nanoTime() - began).isLessThan(2_000_000_000L);
    }

    @Test
    void deepNestingDoesNoHarm() {
        int depth = 600;
        String pattern = "{\"a\":".repeat(depth) + "[1]" + "}".repeat(depth);
        String event = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(fits(pattern, event)).isTrue();
        assertThat(fits(pattern, "[".repeat(5000))).isFalse();
    }
}
