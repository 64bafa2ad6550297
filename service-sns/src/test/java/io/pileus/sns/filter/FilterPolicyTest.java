package io.pileus.sns.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the developer guide's pages on filter policies, and what it says is refused. */
class FilterPolicyTest {

    private static Value value(String text) {
        if (text.equals("true") || text.equals("false") || text.equals("null")) {
            return Value.Constant.valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
        return text.matches("-?[0-9.]+") ? new Value.Number(new BigDecimal(text)) : new Value.Text(text);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"rugby\",\"tennis\"] | rugby | true",
                "[\"rugby\"] | Rugby | false",
                "[\"rugby\"] | soccer,rugby | true",
                "[{\"anything-but\":[\"rugby\",\"tennis\"]}] | baseball | true",
                "[{\"anything-but\":[\"rugby\",\"tennis\"]}] | rugby | false",
                "[{\"anything-but\":[\"rugby\",\"tennis\"]}] | rugby,baseball | true",
                "[{\"anything-but\":[100,500]}] | 101 | true",
                "[{\"anything-but\":[100,500]}] | 100.0 | false",
                "[{\"anything-but\":{\"prefix\":\"order-\"}}] | data-entry | true",
                "[{\"anything-but\":{\"prefix\":\"order-\"}}] | order-number | false",
                "[{\"anything-but\":{\"suffix\":\"ball\"}}] | baseball | false",
                "[{\"anything-but\":{\"wildcard\":\"*ball\"}}] | football | false",
                "[{\"equals-ignore-case\":\"tennis\"}] | TENNIS | true",
                "[{\"prefix\":\"bas\"}] | baseball | true",
                "[{\"prefix\":\"bas\"}] | rugby | false",
                "[{\"suffix\":\"ball\"}] | baseball | true",
                "[{\"wildcard\":\"*ball\"}] | baseball | true",
                "[{\"wildcard\":\"b*s*l\"}] | baseball | true",
                "[{\"wildcard\":\"b*x*l\"}] | baseball | false",
                "[{\"wildcard\":\"ab*ba\"}] | aba | false",
                "[{\"numeric\":[\"=\",301.5]}] | 301.50 | true",
                "[{\"numeric\":[\">\",0,\"<=\",150]}] | 150 | true",
                "[{\"numeric\":[\">\",0,\"<=\",150]}] | 0 | false",
                "[{\"numeric\":[\"<\",0]}] | -1 | true",
                "[100] | 100 | true",
                "[\"100\"] | 100 | false",
                "[true] | true | true",
                "[null] | null | true",
                "[{\"cidr\":\"10.0.0.0/24\"}] | 10.0.0.x | false",
            })
    void decidesOnTheValuesOfAnAttribute(String conditions, String values, boolean accepted) throws Exception {
        FilterPolicy policy =
                FilterPolicyParser.parse("{\"key\": " + conditions + "}", FilterPolicy.Scope.MESSAGE_ATTRIBUTES);
        List<Value> attribute = new ArrayList<>();
        for (String text : values.split(",")) {
            attribute.add(value(text));
        }

        Optional<String> refusal = policy.refusal(Map.of("key", attribute), Optional.empty());

        assertThat(refusal.isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/24 | 10.0.0.255 | true",
                "10.0.0.0/24 | 10.0.1.0 | false",
                "2001:db8::/32 | 2001:db8::1 | true",
                "2001:db8::/32 | 10.0.0.1 | false",
            })
    void matchesAddressesOfABlock(String block, String address, boolean accepted) throws Exception {
        FilterPolicy policy = FilterPolicyParser.parse(
                "{\"ip\": [{\"cidr\": \"" + block + "\"}]}", FilterPolicy.Scope.MESSAGE_ATTRIBUTES);

        assertThat(policy.refusal(Map.of("ip", List.of(new Value.Text(address))), Optional.empty())
                        .isEmpty())
                .isEqualTo(accepted);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"b\":[\"x\"]}} | {\"a\":{\"b\":\"x\"}} | true",
                "{\"a\":{\"b\":[\"x\"]}} | {\"a\":{\"b\":\"y\"}} | false",
                "{\"a\":{\"b\":[\"x\"],\"c\":[1]}} | {\"a\":[{\"b\":\"x\",\"c\":2},{\"b\":\"x\",\"c\":1}]} | true",
                "{\"a\":{\"b\":[\"x\"],\"c\":[1]}} | {\"a\":[{\"b\":\"x\",\"c\":2},{\"b\":\"y\",\"c\":1}]} | false",
                "{\"a\":[{\"exists\":false}]} | {\"b\":1} | true",
                "{\"a\":[{\"exists\":true}]} | {\"a\":{\"b\":1}} | false",
                "{\"a\":[{\"exists\":true}]} | {\"a\":null} | true",
                "{\"a\":[{\"exists\":true}]} | {\"a\":[{\"b\":1}]} | false",
                "{\"a.b.c\":[\"x\"]} | {\"a\":{\"b\":{\"c\":\"x\"}}} | true",
                "{\"a.b.c\":[\"x\"]} | {\"a.b.c\":\"x\"} | true",
                "{\"a.b.c\":[\"x\"]} | {\"a.b\":{\"c\":\"x\"}} | true",
                "{\"a.b.c\":[\"x\"]} | {\"a\":{\"b.c\":\"x\"}} | true",
                "{\"a.b.c\":[\"x\"]} | {\"a.b.c\":\"y\"} | false",
                "{\"a\":{\"b\":[1],\"c\":[2]}} | {\"a\":{\"b\":1},\"a.c\":2} | true",
                "{\"a.b\":[{\"exists\":false}]} | {\"a\":{\"c\":1}} | true",
                "{\"a\":[{\"exists\":true}]} | {\"b\":1} | false",
                "{\"a\":[\"x\"]} | {\"a\":[\"y\",[\"x\"]]} | true",
                "{\"$or\":[{\"a\":[1]},{\"b\":[2]}]} | {\"b\":2} | true",
                "{\"$or\":[{\"a\":[1]},{\"b\":[2]}]} | {\"b\":3} | false",
                "{\"a\":[1],\"$or\":[{\"b\":[1]},{\"c\":[1]}]} | {\"a\":1,\"c\":1} | true",
            })
    void decidesOnTheMembersOfABody(String policyText, String body, boolean accepted) throws Exception {
        FilterPolicy policy = FilterPolicyParser.parse(policyText, FilterPolicy.Scope.MESSAGE_BODY);

        Optional<String> refusal = policy.refusal(Map.of(), Optional.of(new JsonMapper().readTree(body)));

        assertThat(refusal.isEmpty()).isEqualTo(accepted);
    }

    @Test
    void ofAPolicyOnBodiesOnlyTheOutermostKeysCount() throws Exception {
        FilterPolicyParser.parse(
                "{\"a\":[1],\"b\":[1],\"c\":[1],\"d\":{\"e\":[1],\"f\":[1],\"g\":[1]}}",
                FilterPolicy.Scope.MESSAGE_BODY);

        assertThatThrownBy(() -> FilterPolicyParser.parse(
                        "{\"a\":[1],\"b\":[1],\"c\":[1],\"d\":[1],\"e\":[1],\"f\":[1]}",
                        FilterPolicy.Scope.MESSAGE_BODY))
                .hasMessage("Filter policy can not have more than 5 keys");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": \"x\"} | \"a\" must be an object or an array",
                "{\"a\": []} | Empty arrays are not allowed",
                "{\"a\": {\"b\": [1]}} | Filter policy scope MessageAttributes does not support nested filter policy",
                "{\"a\": [{\"sounds-like\": \"x\"}]} | Unrecognized match type sounds-like",
                "{\"a\": [{\"cidr\": \"10.0.0.0\"}]} | Malformed CIDR, one '/' required",
                "{\"a\": [{\"cidr\": \"10.0.0.0/x\"}]} | Malformed CIDR, mask bits must be an integer",
                "{\"a\": [{\"cidr\": \"10.0.0.0/33\"}]} | IPv4 mask bits must be < 32",
                "{\"a\": [{\"cidr\": \"example.com/8\"}]} | Nonstandard IP address: example.com",
                "{\"a\": [[1]]} | Match value must be String, number, true, false, or null",
                "{\"a\": [{\"exists\": \"yes\"}]} | exists match pattern must be either true or false.",
                "{\"a\": [{\"numeric\": [\">\", 10, \"<\", 5]}]} | Bottom must be less than top",
                "{\"a\": [{\"numeric\": [\"~\", 10]}]} | Unrecognized numeric range operator: ~",
                "{\"a\": [{\"numeric\": [\"<\", \"x\"]}]} | Value of < must be numeric",
                "{\"a\":[1],\"b\":[1],\"c\":[1],\"d\":[1],\"e\":[1],\"f\":[1]} | Filter policy can not have more than 5 keys",
            })
    void refusesWhatSnsRefuses(String policy, String message) {
        assertThatThrownBy(() -> FilterPolicyParser.parse(policy, FilterPolicy.Scope.MESSAGE_ATTRIBUTES))
                .isInstanceOf(FilterPolicyException.class)
                .hasMessage(message);
    }
}
