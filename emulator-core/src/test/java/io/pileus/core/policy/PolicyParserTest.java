package io.pileus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyParserTest {

    @Test
    void allElementsAreRead() throws Exception {
        PolicyDocument document = PolicyDocument.parse("""
                {"Id": "p", "Statement": {"Sid": "One", "Effect": "Deny", "NotPrincipal": {"AWS": ["111122223333", "*"],
                 "Service": "sns.amazonaws.com"}, "NotAction": ["sqs:Send*"], "NotResource": "arn:aws:sqs:*:*:q",
                 "Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"aws:MultiFactorAuthAge": [300]}}},
                 "Version": "2012-10-17"}""", PolicyKind.RESOURCE);

        assertThat(document.version()).isEqualTo("2012-10-17");
        Statement statement = document.statements().getFirst();
        assertThat(statement.sid()).isEqualTo("One");
        assertThat(statement.effect()).isEqualTo(Effect.DENY);
        assertThat(statement.principals().negated()).isTrue();
        assertThat(statement.principals().members()).hasSize(3);
        assertThat(statement.actions()).isEqualTo(new PatternList(true, java.util.List.of("sqs:Send*")));
        assertThat(statement.resources().negated()).isTrue();
        assertThat(statement.conditions())
                .extracting(Condition::key, Condition::values)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("aws:SecureTransport", java.util.List.of("false")),
                        org.assertj.core.groups.Tuple.tuple("aws:MultiFactorAuthAge", java.util.List.of("300")));
        assertThat(statement.variables()).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    IDENTITY | ``                                                                              | Syntax errors in policy.
                    IDENTITY | {"Version"                                                                      | Syntax errors in policy.
                    TRUST    | {"Version"                                                                      | This policy contains invalid Json
                    IDENTITY | []                                                                              | Syntax errors in policy.
                    IDENTITY | {"Version":"2012-10-17"}                                                        | Syntax errors in policy.
                    IDENTITY | {"Version":"2012-10-17","Statement":[]}                                         | Syntax errors in policy.
                    IDENTITY | {"Version":"2012","Statement":[]}                                               | The policy must contain a valid version string
                    IDENTITY | {"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}                  | Syntax errors in policy.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}]}  | Syntax errors in policy.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Foo":1}]}          | Syntax errors in policy.
                    IDENTITY | {"Statement":[{"Action":"*","Resource":"*"}]}                                   | Syntax errors in policy.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Resource":"*"}]}                               | Policy statement must contain actions.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Action":"s3:*"}]}                              | Policy statement must contain resources.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Action":"s3","Resource":"*"}]}                 | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Action":"s3:a:b","Resource":"*"}]}             | Actions/Condition can contain only one colon.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}]}          | Resource bucket must be in ARN format or "*".
                    IDENTITY | {"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:x:s3:::b"}]}    | Partition "x" is not valid for resource "arn:x:s3:::b".
                    IDENTITY | {"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}  | Policy document should not specify a principal.
                    IDENTITY | {"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEqual":{"a:b":"c"}}}]} | Invalid Condition type : StringEqual.
                    IDENTITY | {"Statement":[{"Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"}]}      | Statement IDs (SID) must be alpha-numeric.
                    IDENTITY | {"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"}]} | Statement IDs (SID) in a single policy must be unique.
                    TRUST    | {"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}                    | Missing required field Principal
                    TRUST    | {"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}]} | Has prohibited field Resource
                    TRUST    | {"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}]}      | AssumeRole policy may only specify STS AssumeRole actions.
                    TRUST    | {"Statement":[{"Effect":"Allow","Principal":{"AWS":"x"},"Action":"sts:AssumeRole"}]} | Invalid principal in policy: "AWS":"x"
                    """)
    void whatIsNoPolicyIsRefusedWithAwssWords(PolicyKind kind, String text, String message) {
        assertThat(catchThrowableOfType(MalformedPolicyException.class, () -> PolicyDocument.parse(text, kind)))
                .hasMessageStartingWith(message);
    }

    @Test
    void theErrorNamesThePlace() {
        String text = "{\n  \"Statement\": [{\"Effect\": \"Allow\",\n    \"Action\": \"oops\", \"Resource\": \"*\"}]}";

        MalformedPolicyException error = catchThrowableOfType(
                MalformedPolicyException.class, () -> PolicyDocument.parse(text, PolicyKind.IDENTITY));

        assertThat(error.line()).isEqualTo(3);
        assertThat(error.column()).isEqualTo(15);
        assertThat(error).hasMessageEndingWith("(line 3, column 15)");
    }
}
