package io.pileus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents with random faults are either read or refused with a place; nothing else ever comes out. */
class PolicyFuzzTest {
    private static final String SEED = """
            {"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":["*","111122223333"]},
            "Action":["sqs:*","sns:Publish"],"Resource":["arn:aws:sqs:*:*:${aws:username}","*"],
            "Condition":{"StringLike":{"aws:PrincipalTag/a":["x*","${aws:userid}"]},"ForAllValues:StringEquals":{"aws:TagKeys":"k"},
            "IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"DateLessThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}}]}""";

    private static final String PIECES = "{}[]\",:*?$'\\0a\u0000é-./";

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aFaultyDocumentIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        RequestContext context = RequestContext.builder()
                .with("aws:username", "u")
                .with("aws:SourceIp", "10.1.1.1")
                .build();
        for (int round = 0; round < 4_000; round++) {
            StringBuilder text = new StringBuilder(SEED);
            for (int faults = random.nextInt(4); faults >= 0; faults--) {
                int at = random.nextInt(text.length());
                char piece = PIECES.charAt(random.nextInt(PIECES.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, piece);
                    case 1 -> text.deleteCharAt(at);
                    default -> text.setCharAt(at, piece);
                }
            }
            PolicyKind kind = PolicyKind.values()[random.nextInt(3)];
            try {
                PolicyDocument document = PolicyDocument.parse(text.toString(), kind);
                assertThat(document.statements()).isNotEmpty();
                document.statements().forEach(s -> s.applies("sqs:SendMessage", "arn:aws:sqs:us-east-1:1:u", context));
            } catch (MalformedPolicyException e) {
                assertThat(e.line()).isPositive();
                assertThat(e.column()).isPositive();
            }
        }
    }
}
