package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.s3.model.PutBucketPolicyRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketPolicyTest {
    private final S3Fixture s3 = new S3Fixture();

    private void put(String policy) {
        s3.s3.putBucketPolicy(
                PutBucketPolicyRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .policy(policy)
                        .build(),
                s3.call());
    }

    private void statement(String fields) {
        put("{\"Version\":\"2012-10-17\",\"Statement\":[" + fields.replace('\'', '"') + "]}");
    }

    private void allow(String action, String resource) {
        statement("{'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'" + action + "','Resource':'"
                + resource + "'}");
    }

    /** Words recorded from S3 in versitygw#645 to #650 and #1176, and in hashicorp/terraform#28688. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Effect':'Allow'}|Missing required field Principal",
                "{'Principal':'*'}|Missing required field Effect",
                "{'Effect':'Allow','Principal':'*','Resource':'*'}|Missing required field Action",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*'}|Missing required field Resource",
                "{'Effect':'hello','Principal':'*','Action':'s3:*','Resource':'*'}|Invalid effect: hello",
                "{'Effect':'Allow','Principle':'*'}|Unknown field Principle",
                "{'Effect':'Deny','Principal':{'AWS':'nobody'},'Action':'s3:*','Resource':'*'}|Invalid principal in policy",
                "{'Effect':'Deny','Principal':{'AWS':'arn:aws:iam::12:user/x'},'Action':'s3:*','Resource':'*'}|Invalid principal in policy",
                "|Could not parse the policy: Statement is empty!",
            })
    void statementsThatS3WouldNotTakeAreRefusedInItsWords(String statement, String message) {
        assertThatThrownBy(() -> statement(statement == null ? "" : statement)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, arn:aws:s3:::things",
        "s3:ListBucket, arn:aws:s3:::things/*",
        "s3:ListBucket*, arn:aws:s3:::things/shared/*",
    })
    void anActionMustApplyToAResourceOfItsStatement(String action, String resource) {
        assertThatThrownBy(() -> allow(action, resource))
                .hasMessage("Action does not apply to any resource(s) in statement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:Foo", "s3:GetObjects", "sqs:SendMessage", "GetObject"})
    void anActionMustExist(String action) {
        S3Fixture.refuses(() -> allow(action, "arn:aws:s3:::things/*"), "MalformedPolicy", 400);
    }

    @Test
    void whatFitsIsTaken() {
        assertThatCode(() -> {
                    allow("s3:Get*", "arn:aws:s3:::things");
                    allow("s3:*", "arn:aws:s3:::things/*");
                    allow("s3:listbucket", "arn:aws:s3:::things");
                    allow("s3:ListBucket", "arn:aws:s3:::thing*");
                    allow("s3:PutObject", "*");
                    statement(
                            "{'Effect':'Deny','NotPrincipal':{'AWS':'111111111111'},'NotAction':'s3:GetObject','NotResource':'arn:aws:s3:::things/a'}");
                })
                .doesNotThrowAnyException();
    }
}
