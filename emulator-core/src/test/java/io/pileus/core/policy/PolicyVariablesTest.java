package io.pileus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyVariablesTest {
    private final RequestContext context = RequestContext.builder()
            .with("aws:username", "al*ce")
            .with("aws:PrincipalTag/team", "yellow")
            .build();

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    arn:aws:s3:::b/${aws:username}/*                         | arn:aws:s3:::b/al*ce/x     | true
                    arn:aws:s3:::b/${aws:username}/*                         | arn:aws:s3:::b/alice/x     | false
                    arn:aws:s3:::b/${aws:PrincipalTag/team, 'company-wide'}  | arn:aws:s3:::b/yellow      | true
                    arn:aws:s3:::b/${aws:PrincipalTag/dept, 'company-wide'}  | arn:aws:s3:::b/company-wide | true
                    arn:aws:s3:::b/${aws:PrincipalTag/dept}                  | arn:aws:s3:::b/            | false
                    arn:aws:s3:::b/${*}${?}${$}                              | arn:aws:s3:::b/*?$         | true
                    arn:aws:s3:::b/${*}                                      | arn:aws:s3:::b/x           | false
                    arn:aws:s3:::b/${open                                    | arn:aws:s3:::b/${open      | true
                    """)
    void variablesAreFilledInLiterally(String pattern, String resource, boolean matches) {
        assertThat(PolicyVariables.expand(pattern, context)
                        .map(g -> g.matches(resource))
                        .orElse(false))
                .isEqualTo(matches);
    }

    @Test
    void theOlderVersionTakesVariablesAsText() throws Exception {
        String statement =
                "\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::b/${aws:PrincipalTag/team}\"}}";
        Statement without = PolicyDocument.parse("{" + statement, PolicyKind.IDENTITY)
                .statements()
                .getFirst();
        Statement with = PolicyDocument.parse("{\"Version\":\"2012-10-17\"," + statement, PolicyKind.IDENTITY)
                .statements()
                .getFirst();

        assertThat(with.applies("s3:GetObject", "arn:aws:s3:::b/yellow", context))
                .isTrue();
        assertThat(without.applies("s3:GetObject", "arn:aws:s3:::b/yellow", context))
                .isFalse();
        assertThat(without.applies("s3:GetObject", "arn:aws:s3:::b/${aws:PrincipalTag/team}", context))
                .isTrue();
    }

    @Test
    void aHostilePatternIsMatchedInBoundedTime() {
        String pattern = "*a".repeat(500) + "b";
        String text = "a".repeat(20_000);

        assertThat(Glob.of(pattern).matches(text)).isFalse();
    }
}
