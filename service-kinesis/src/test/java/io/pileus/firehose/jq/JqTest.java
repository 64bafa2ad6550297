package io.pileus.firehose.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static String run(String query, String input) throws JsonProcessingException {
        JsonNode value = new JsonMapper().readTree(input);
        return Jq.compile(query).apply(value, NOW, Jq.Limits.OF_A_RECORD, 100).stream()
                .map(JsonNode::toString)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {".a = .b = 1", ".a |= ", "= 1", "env", "$ENV", "input"})
    void whatAQueryMayNotSayIsRefused(String query) {
        assertThatThrownBy(() -> Jq.compile(query)).isInstanceOf(JqSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "path(.a | 1)        # Invalid path expression with result 1",
                "(.a + 1) = 2        # Invalid path expression with result 1",
                ".[-1] = 0           # Out of bounds negative array index",
                "setpath(1; 2)       # Path must be specified as an array",
                "1 | .a = 2          # Cannot index number with string \"a\"",
                "[1] | .[0:1] = 5    # A slice of an array can only be assigned another array",
                "[1] | delpaths([[\"a\"]]) # Cannot delete string element of array",
                "{} | delpaths([[0]]) # Cannot delete number field of object",
                "1 | delpaths([[\"a\"]]) # Cannot delete fields from number",
            })
    void whereThereIsNoSuchPlaceTheQueryFails(String query, String message) {
        assertThatThrownBy(() -> run(query, "null"))
                .isInstanceOf(JqException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aQueryKnowsTheLinesItIsWrittenOn() throws JsonProcessingException {
        assertThat(run("$__loc__.line,\n$__loc__.line", "null")).isEqualTo("1 2");
    }

    @Test
    void anArrayIsNotMadeAsLongAsAnIndexSays() {
        assertThatThrownBy(() -> run(".[999999999] = 1", "[]")).isInstanceOf(JqLimitException.class);
    }

    /** Answers are those of the command line's jq 1.6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{id: .customer.id}                       # {\"customer\":{\"id\":7}}     # {\"id\":7}",
                "{year:.ts| strftime(\"%Y\")}             # {\"ts\":1565382027}           # {\"year\":\"2019\"}",
                "{a, $__x, \"b\": 2}                      # null                          # ",
                ".a.b?                                    # {\"a\":1}                     # ~~",
                ".a // \"none\"                           # {\"a\":null}                  # \"none\"",
                ".[1:3]                                   # [1,2,3,4]                     # [2,3]",
                ".[-1]                                    # [1,2,3]                       # 3",
                "[.[] | select(. > 1) * 2]                # [1,2,3]                       # [4,6]",
                "\"x-\\(.a)-\\(.b|length)\"               # {\"a\":1,\"b\":\"hé\"}        # \"x-1-2\"",
                "[(1,2) + (10,20)]                        # null                          # [11,12,21,22]",
                "if .a then \"t\" elif .b then \"b\" else \"e\" end # {\"b\":true}        # \"b\"",
                "reduce .[] as $x (0; . + $x)             # [1,2,3]                       # 6",
                "[foreach .[] as $x (0; . + $x; [$x, .])] # [1,2]                         # [[1,1],[2,3]]",
                "def f(g; $n): [g, $n]; f(.a; 5)          # {\"a\":1}                     # [1,5]",
                "def fac: if . < 2 then 1 else . * (. - 1 | fac) end; fac # 10            # 3628800",
                ". as [$a, {b: $c}] | $a + $c             # [1,{\"b\":2}]                 # 3",
                "try error(\"no\") catch .                # null                          # \"no\"",
                "[.[] | tostring]                         # [1,\"a\",[2],1.5]             # [\"1\",\"a\",\"[2]\",\"1.5\"]",
                "to_entries                               # {\"a\":1}                     # [{\"key\":\"a\",\"value\":1}]",
                "map(select(.a == 1)) | length            # [{\"a\":1},{\"a\":2}]         # 1",
                "group_by(.a) | map(length)               # [{\"a\":1},{\"a\":2},{\"a\":1}] # [2,1]",
                "sort                                     # [{},[],\"a\",1,true,false,null] # [null,false,true,1,\"a\",[],{}]",
                "split(\"-\")[0] | ascii_downcase         # \"AB-CD\"                     # \"ab\"",
                "capture(\"(?<y>[0-9]{4})-(?<m>[0-9]{2})\") # \"on 2026-05\"              # {\"y\":\"2026\",\"m\":\"05\"}",
                "sub(\"b+\"; \"x\")                       # \"abbbc\"                     # \"axc\"",
                "gsub(\"(?<c>[a-z])\"; \"<\\(.c)>\")      # \"ab\"                        # \"<a><b>\"",
                "test(\"^A\"; \"i\")                      # \"abc\"                       # true",
                "@base64, @uri, @html                     # \"a<b\"                       # \"YTxi\" \"a%3Cb\" \"a&lt;b\"",
                "@csv                                     # [1,\"a\\\"b\",null]           # \"1,\\\"a\\\"\\\"b\\\",\"",
                "fromjson | .a                            # \"{\\\"a\\\":[1]}\"           # [1]",
                ".a / 4, .a % 4, -.a                      # {\"a\":10}                    # 2.5 2 -10",
                "\"2015-03-05T23:51:47Z\" | fromdate      # null                          # 1425599507",
                "1425599621 | todate                      # null                          # \"2015-03-05T23:53:41Z\"",
                "[..]                                     # [1,[2]]                       # [[1,[2]],1,[2],2]",
                "[paths]                                  # {\"a\":[1]}                   # [[\"a\"],[\"a\",0]]",
                "label $out | 1, break $out, 2            # null                          # 1",
                ".a as $x | [$x, $x] | add                # {\"a\":\"z\"}                 # \"zz\"",
                "any, all, (.[0] and .[1])                # [true,false]                  # true false false",
                "contains({a: [\"x\"]})                   # {\"a\":[\"xyz\"],\"b\":1}     # true",
                "now | strftime(\"%Y-%m-%d %H:%M\")       # null                          # \"2026-01-01 00:00\"",
                "[.[] | try (if . > 2 then error(\"big\") else . end) catch \"caught\"] # [1,3] # [1,\"caught\"]",
                "{(.k): 1, \"a b\": 2, @base64 \"x\": 3}  # {\"k\":\"key\"}               # {\"key\":1,\"a b\":2,\"x\":3}",
                "join(\",\")                              # [1,\"a\",null]                # \"1,a,\"",
                "with_entries(.value += 1)                # {\"a\":1,\"b\":2}              # {\"a\":2,\"b\":3}",
                ".a = .b                                  # {\"a\":1,\"b\":2}              # {\"a\":2,\"b\":2}",
                ".a |= .b                                 # {\"a\":{\"b\":10}}            # {\"a\":10}",
                ".a.b.c = 1                               # null                          # {\"a\":{\"b\":{\"c\":1}}}",
                ".[2] = 9                                 # [1]                           # [1,null,9]",
                ".a += 1 | .b -= 1 | .c *= 3 | .d /= 2 | .e %= 2 # {\"a\":1,\"b\":1,\"c\":2,\"d\":8,\"e\":5} # {\"a\":2,\"b\":0,\"c\":6,\"d\":4,\"e\":1}",
                ".a //= 5, .b //= 5                       # {\"a\":null,\"b\":1}           # {\"a\":5,\"b\":1} {\"a\":null,\"b\":1}",
                ".[] += (10,20)                           # [1,2]                         # [11,12] [21,22]",
                ".[] |= . * 2                             # [1,2]                         # [2,4]",
                "(.[] | select(. > 1)) |= empty           # [1,2]                         # [1]",
                ".[1:] = [7,8,9]                          # [1,2,3]                       # [1,7,8,9]",
                "(.a // .b) |= 3                          # {\"a\":null,\"b\":1}           # {\"a\":null,\"b\":3}",
                "if .a then .b else .c end = 0            # {\"a\":true,\"b\":1}           # {\"a\":true,\"b\":0}",
                "map_values(. + 1)                        # {\"a\":1,\"b\":2}              # {\"a\":2,\"b\":3}",
                "del(.a, .b[0])                           # {\"a\":1,\"b\":[1,2],\"c\":3}   # {\"b\":[2],\"c\":3}",
                "del(.[1,2])                              # [1,2,3,4]                     # [1,4]",
                "del(.[] | select(. >= 2))                # [1,5,3,0]                     # [1,0]",
                "del(..|.x?)                              # {\"x\":1,\"y\":{\"x\":2,\"z\":3}} # {\"y\":{\"z\":3}}",
                "path(.a[0].b)                            # null                          # [\"a\",0,\"b\"]",
                "[path(..)]                               # [[1]]                         # [[],[0],[0,0]]",
                "[path(.a[].b?)]                          # {\"a\":[{\"b\":5},{\"c\":6}]}   # [[\"a\",0,\"b\"],[\"a\",1,\"b\"]]",
                "path(first(.a,.b)), path(getpath([\"x\",1])) # null                       # [\"a\"] [\"x\",1]",
                "setpath([\"a\",0]; 1), getpath([\"a\",\"b\"]) # null                        # {\"a\":[1]} null",
                "delpaths([[\"a\",\"b\"]])                  # {\"a\":{\"b\":1},\"x\":{}}        # {\"a\":{},\"x\":{}}",
                "[paths(type == \"number\")]              # [1,[[],{\"a\":2}]]           # [[0],[1,1,\"a\"]]",
                "walk(if type == \"array\" then sort else . end) # [[4,1],[8,2]]            # [[1,4],[2,8]]",
                "[tostream] | length                      # {\"a\":[1,{\"b\":2}]}          # 5",
                "transpose                                # [[1],[2,3]]                   # [[1,2],[null,3]]",
                "[combinations]                           # [[1,2],[3,4]]                 # [[1,3],[1,4],[2,3],[2,4]]",
                "[limit(2; .[])], [.[] | until(. > 4; . + 2)] # [1,4,7]             # [1,4] [5,6,7]",
                "INDEX(.id) | .[\"2\"].v                  # [{\"id\":1},{\"id\":2,\"v\":3}]   # 3",
                "fromstream(tostream)                     # {\"a\":[1,{\"b\":2}],\"c\":[]}   # {\"a\":[1,{\"b\":2}],\"c\":[]}",
                "[fromstream((1,[2]) | tostream)]         # null                          # [1,[2]]",
                "fromstream(1 | truncate_stream([[0],1],[[1,0],2],[[1,0]],[[1]])) # null   # [2]",
                "bsearch(2), bsearch(0), bsearch(5)       # [1,2,3]                       # 1 -1 -4",
                "format(\"csv\")                           # [1,\"a\"]                     # \"1,\\\"a\\\"\"",
                "JOIN({\"1\":\"x\"}; .id | tostring)       # [{\"id\":1},{\"id\":2}]       # [[{\"id\":1},\"x\"],[{\"id\":2},null]]",
                "$__loc__                                 # null                          # {\"file\":\"<top-level>\",\"line\":1}",
                "frexp, modf, logb, significand           # 10                            # [0.625,4] [0,10] 3 1.25",
                "hypot(3; 4), fmod(7; 3), ldexp(3; 2), fma(2; 3; 4), copysign(3; -1) # null   # 5 1 12 10 -3",
                "[.[] | isfinite]                         # [1,\"a\"]                     # [true,false]",
                "localtime, strflocaltime(\"%Y\")          # 1                             # [1970,0,1,0,0,1,4,0] \"1970\"",
                "tojson                                   # {\"a\":[1.0,1e3,0.00001,1.25e-7,2e16]} # \"{\\\"a\\\":[1,1000,1e-05,1.25e-07,2e+16]}\"",
                ".[1:] |= map(. * 2)                      # [1,2,3]                       # [1,4,6]",
                ".[1.5], [limit(-1; 1, 2)]                # [1,2,3]                       # null [1,2]",
                "try join(\"-\") catch \"no\"               # [[1]]                         # \"no\"",
                "unique_by(.a), (min_by(.a) | .a)         # [{\"a\":2},{\"a\":2},{\"a\":1}] # [{\"a\":1},{\"a\":2}] 1",
            })
    void aQueryGivesWhatJqGives(String query, String input, String expected) throws JsonProcessingException {
        if (expected == null) {
            assertThatThrownBy(() -> run(query, input)).isInstanceOf(JqSyntaxException.class);
        } else {
            assertThat(run(query, input)).isEqualTo(expected.strip());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "env.PATH",
                "$ENV",
                "$ENV.PATH",
                "input",
                "inputs",
                "debug",
                "stderr",
                "input_filename",
                "input_line_number",
                "$__prog_args",
                "import \"a\" as a; .",
                "include \"a\"; .",
                "modulemeta",
                "get_search_list",
                "halt",
                "halt_error",
                "builtins",
                "debug_scope",
                "a::b",
                "limit",
                "{a: .b + 1}",
                "{",
                ".[",
                "\"\\(",
                "if . then 1 end",
                "$x",
                "foo(1)"
            })
    void whatLeavesTheRecordOrIsNoJqIsRefused(String query) {
        assertThatThrownBy(() -> Jq.compile(query)).isInstanceOf(JqSyntaxException.class);
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "[range(1e9)]",
                "[range(0; 1; 0)]",
                "def f: f; f",
                "def f: 1 + f; f",
                "def f(n): if n == 0 then 1 else f(n - 1), f(n - 1) end; [f(40)]",
                "\"x\" * 1e9",
                "1e9 * \"xyz\"",
                "reduce range(100) as $i (\"x\"; . + .)",
                "reduce range(100) as $i ([1]; [., .]) | tojson",
                "reduce range(100) as $i ([1]; [., .]) == reduce range(100) as $i ([1]; [., .])",
                "reduce range(100) as $i ([1]; [., .]) | flatten",
                "reduce range(100) as $i ([1]; [., .]) | [..]",
                "reduce range(3000) as $i (1; [.]) | tojson",
                "reduce range(3000) as $i (1; [.]) | [..]",
                "[repeat(.)]",
                "[recurse(.)]",
                "until(false; .)",
                "last(range(1e12))",
                "first(range(1e12) | select(. < 0))",
                "[.a[] as $a | .a[] as $b | .a[] as $c | .a[] as $d | $a]",
                "[.a[] + .a[] + .a[] + .a[]]",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\" | test(\"^(a|aa)+(b)\\\\2$\")",
                "\"\\(.s)\\(.s)\" * 9e6 | gsub(\"a\"; \"aaaaaaaaaaaaaaaaaaa\")",
                "try [range(1e9)] catch .",
                "[range(1e9)]?",
                "[limit(1e9; repeat(1))]",
                "range(200)",
                ". as $r | [range(1e5) | $r.a] | sort",
                "1, (1 | while(true; . * 2))",
            })
    void aQueryEndsAtItsBounds(String query) throws JsonProcessingException {
        StringBuilder numbers = new StringBuilder("0");
        for (int i = 1; i < 100; i++) {
            numbers.append(',').append(i);
        }
        String record = "{\"a\":[" + numbers + "],\"s\":\"aaaaaaaaaa\"}";
        Instant begun = Instant.now();

        assertThatThrownBy(() -> run(query, record)).isInstanceOf(JqLimitException.class);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "(", "{a:", "-", "[[[", "if ", "\"\\(", "try ", ". as [", ".[", "1 // ", ".a as $x | "})
    void deepNestingIsRefusedAndOverflowsNothing(String opening) {
        assertThatThrownBy(() -> Jq.compile(opening.repeat(1_700))).isInstanceOf(JqSyntaxException.class);
    }

    @Test
    void aLongChainOfOperatorsIsBounded() throws JsonProcessingException {
        assertThatThrownBy(() -> run("1" + "+1".repeat(2_500), "null")).isInstanceOf(JqLimitException.class);
        assertThat(run("1" + "+1".repeat(300), "null")).isEqualTo("301");
    }
}
