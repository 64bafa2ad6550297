package io.pileus.cognito.idp.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.JsonTrees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers of triggers can be read. */
class AnswerShapeTest {

    private static JsonNode json(String text) throws Exception {
        return JsonTrees.mapper().readTree(text.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PRE_SIGN_UP                    | {}
            PRE_SIGN_UP                    | {`autoConfirmUser`:null,`autoVerifyEmail`:true,`autoVerifyPhone`:`False`}
            PRE_SIGN_UP                    | {`whatever`:[]}
            POST_CONFIRMATION              | {`autoConfirmUser`:[]}
            DEFINE_AUTH_CHALLENGE          | {`challengeName`:`CUSTOM_CHALLENGE`,`issueTokens`:false}
            CREATE_AUTH_CHALLENGE          | {`privateChallengeParameters`:{`answer`:4,`hint`:null}}
            PRE_TOKEN_GENERATION           | {`claimsOverrideDetails`:null}
            PRE_TOKEN_GENERATION           | {`claimsOverrideDetails`:{`claimsToAddOrOverride`:{`level`:4}}}
            PRE_TOKEN_GENERATION           | {`claimsAndScopeOverrideDetails`:{`idTokenGeneration`:{`claimsToAddOrOverride`:{`roles`:[`a`]}}}}
            USER_MIGRATION                 | {`userAttributes`:{`email`:`a@example.com`},`desiredDeliveryMediums`:[`SMS`]}
            """)
    void thisCanBeRead(Trigger trigger, String response) throws Exception {
        assertThat(trigger.answer().fits(json(response))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST_CONFIRMATION              | null
            PRE_SIGN_UP                    | []
            PRE_SIGN_UP                    | {`autoConfirmUser`:`perhaps`}
            PRE_SIGN_UP                    | {`autoVerifyEmail`:{}}
            DEFINE_AUTH_CHALLENGE          | {`challengeName`:[`CUSTOM_CHALLENGE`]}
            CREATE_AUTH_CHALLENGE          | {`publicChallengeParameters`:`none`}
            CREATE_AUTH_CHALLENGE          | {`privateChallengeParameters`:{`answer`:{`value`:4}}}
            VERIFY_AUTH_CHALLENGE_RESPONSE | {`answerCorrect`:`4`}
            PRE_TOKEN_GENERATION           | {`claimsOverrideDetails`:{`claimsToAddOrOverride`:{`roles`:[`a`]}}}
            PRE_TOKEN_GENERATION           | {`claimsOverrideDetails`:{`claimsToSuppress`:`email`}}
            PRE_TOKEN_GENERATION           | {`claimsOverrideDetails`:{`groupOverrideDetails`:{`groupsToOverride`:`a`}}}
            PRE_TOKEN_GENERATION           | {`claimsAndScopeOverrideDetails`:[]}
            PRE_TOKEN_GENERATION           | {`claimsAndScopeOverrideDetails`:{`accessTokenGeneration`:{`scopesToAdd`:{}}}}
            USER_MIGRATION                 | {`userAttributes`:{`email`:[`a@example.com`]}}
            USER_MIGRATION                 | {`desiredDeliveryMediums`:`EMAIL`}
            CUSTOM_MESSAGE                 | {`emailMessage`:{`text`:`hello`}}
            INBOUND_FEDERATION             | {`userAttributesToMap`:[]}
            """)
    void thisCannotBeRead(Trigger trigger, String response) throws Exception {
        assertThat(trigger.answer().fits(json(response))).isFalse();
    }
}
