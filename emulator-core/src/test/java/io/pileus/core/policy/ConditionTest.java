package io.pileus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operator with its modifiers; {@code -} stands for a key that the request does not carry. */
class ConditionTest {

    @ParameterizedTest(name = "{0} policy {1} request {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    StringEquals                 | a;b     | b       | true
                    StringEquals                 | a       | A       | false
                    StringEquals                 | a*      | ab      | false
                    StringEquals                 | a       | -       | false
                    StringEqualsIfExists         | a       | -       | true
                    StringEqualsIfExists         | a       | b       | false
                    StringNotEquals              | a;b     | b       | false
                    StringNotEquals              | a;b     | c       | true
                    StringNotEquals              | a       | -       | true
                    StringEqualsIgnoreCase       | Abc     | aBC     | true
                    StringNotEqualsIgnoreCase    | Abc     | aBC     | false
                    StringLike                   | home/*  | home/x  | true
                    StringLike                   | h?me    | hme     | false
                    StringLike                   | *a*b*c* | xaxbxcx | true
                    StringNotLike                | home/*  | home/x  | false
                    NumericEquals                | 10      | 10.0    | true
                    NumericNotEquals             | 10      | 11      | true
                    NumericLessThan              | 10      | 9       | true
                    NumericLessThan              | 10      | 10      | false
                    NumericLessThanEquals        | 10      | 10      | true
                    NumericGreaterThan           | 10      | 11      | true
                    NumericGreaterThanEquals     | 10      | 10      | true
                    NumericGreaterThanEquals     | 10      | ten     | false
                    NumericLessThanIfExists      | 10      | -       | true
                    DateEquals                   | 2020-01-01T00:00:00Z | 1577836800 | true
                    DateNotEquals                | 2020-01-01T00:00:00Z | 1577836801 | true
                    DateLessThan                 | 2020-07-01T00:00:00Z | 2020-06-30T23:59:59Z | true
                    DateLessThan                 | 2020-07-01T02:00:00+02:00 | 2020-07-01T00:00:00Z | false
                    DateLessThanEquals           | 2020-07-01 | 2020-07-01T00:00:00Z | true
                    DateGreaterThan              | 2020-07-01T00:00:00Z | 2020-07-01T00:00:01Z | true
                    DateGreaterThanEquals        | 2020    | 2020-01-01T00:00:00Z | true
                    DateGreaterThan              | never   | 2020-07-01T00:00:01Z | false
                    Bool                         | true    | true    | true
                    Bool                         | true    | false   | false
                    Bool                         | false   | -       | false
                    BoolIfExists                 | true    | -       | true
                    BinaryEquals                 | QmluYXJ5VmFsdWVJbkJhc2U2NA== | QmluYXJ5VmFsdWVJbkJhc2U2NA== | true
                    BinaryEquals                 | QmluYXJ5VmFsdWVJbkJhc2U2NA== | ASIAIOSF | false
                    IpAddress                    | 203.0.113.0/24;2001:DB8:1234:5678::/64 | 203.0.113.64 | true
                    IpAddress                    | 203.0.113.0/24;2001:DB8:1234:5678::/64 | 2001:db8:1234:5678:90ab::1 | true
                    IpAddress                    | 203.0.113.0/24 | 203.0.114.1 | false
                    IpAddress                    | 0.0.0.0/0 | 8.8.8.8 | true
                    IpAddress                    | 10.0.0.0/9 | 10.127.0.1 | true
                    IpAddress                    | 10.0.0.0/9 | 10.128.0.1 | false
                    IpAddress                    | ::ffff:1.2.3.4 | ::ffff:102:304 | true
                    IpAddress                    | rubbish | 10.128.0.1 | false
                    NotIpAddress                 | 203.0.113.0/24 | 203.0.113.1 | false
                    NotIpAddress                 | 203.0.113.0/24 | 198.51.100.1 | true
                    ArnEquals                    | arn:aws:sns:us-east-1:123456789012:* | arn:aws:sns:us-east-1:123456789012:t | true
                    ArnLike                      | arn:aws:sns:*:123456789012:TOPIC-? | arn:aws:sns:eu-west-1:123456789012:TOPIC-1 | true
                    ArnLike                      | arn:aws:sns:*:TOPIC | arn:aws:sns:us-east-1:123456789012:TOPIC | false
                    ArnNotEquals                 | arn:aws:sns:*:*:a | arn:aws:sns:us-east-1:123456789012:a | false
                    ArnNotLike                   | arn:aws:sns:*:*:a | arn:aws:sns:us-east-1:123456789012:b | true
                    Null                         | true    | -       | true
                    Null                         | true    | x       | false
                    Null                         | false   | x       | true
                    Null                         | false   | -       | false
                    ForAllValues:StringEquals    | a;b     | a;b     | true
                    ForAllValues:StringEquals    | a;b     | a       | true
                    ForAllValues:StringEquals    | a;b     | a;c     | false
                    ForAllValues:StringEquals    | a;b     | -       | true
                    ForAnyValue:StringEquals     | a;b     | a;c     | true
                    ForAnyValue:StringEquals     | a;b     | c;d     | false
                    ForAnyValue:StringEquals     | a;b     | -       | false
                    ForAnyValue:StringEqualsIfExists | a;b  | -       | true
                    ForAllValues:StringNotEquals | a;b     | c;d     | true
                    ForAllValues:StringNotEquals | a;b     | a;d     | false
                    ForAnyValue:StringNotEquals  | a       | a;d     | true
                    ForAllValues:StringLike      | team*   | team1;team2 | true
                    """)
    void anOperatorComparesAsDocumented(String operator, String policy, String request, boolean holds) {
        Condition condition = Condition.of(operator, "aws:Key", Arrays.asList(policy.split(";")))
                .orElseThrow();
        RequestContext context = request.equals("-")
                ? RequestContext.EMPTY
                : RequestContext.builder()
                        .with("AWS:key", List.of(request.split(";")))
                        .build();

        assertThat(condition.holds(context, true)).isEqualTo(holds);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"StringEqual", "ForEach:StringEquals", "NullIfExists", "IfExists"})
    void whatIsNoOperatorIsNone(String name) {
        assertThat(Condition.of(name, "aws:x", List.of())).isEmpty();
    }
}
