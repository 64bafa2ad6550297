package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.shape.Blob;
import io.pileus.stepfunctions.model.CreateActivityInput;
import io.pileus.stepfunctions.model.CreateStateMachineInput;
import io.pileus.stepfunctions.model.DescribeExecutionInput;
import io.pileus.stepfunctions.model.DescribeStateMachineInput;
import io.pileus.stepfunctions.model.EncryptionConfiguration;
import io.pileus.stepfunctions.model.GetActivityTaskInput;
import io.pileus.stepfunctions.model.GetExecutionHistoryInput;
import io.pileus.stepfunctions.model.InvalidEncryptionConfigurationException;
import io.pileus.stepfunctions.model.KmsAccessDeniedException;
import io.pileus.stepfunctions.model.KmsInvalidStateException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncryptionTest {
    private static final String WAITS =
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}";

    private final Machines sfn = new Machines();
    private KeyService.Check check = new KeyService.Usable("arn:aws:kms:us-east-1:000000000000:key/k");

    @BeforeEach
    void provideKeys() {
        sfn.env.ports().provide(KeyService.class, new KeyService() {
            @Override
            public Check check(AccountId account, Region region, String keyId) {
                return check;
            }

            @Override
            public Result generateDataKey(AccountId account, Region region, String keyId, Map<String, String> context) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Result encrypt(
                    AccountId account, Region region, String keyId, Blob plaintext, Map<String, String> context) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Result decrypt(AccountId account, Region region, Blob ciphertext, Map<String, String> context) {
                throw new UnsupportedOperationException();
            }
        });
    }

    private static EncryptionConfiguration.Builder ownKey() {
        return EncryptionConfiguration.builder()
                .type("CUSTOMER_MANAGED_KMS_KEY")
                .kmsKeyId("alias/own");
    }

    private String create(EncryptionConfiguration encryption) {
        return sfn.service
                .createStateMachine(
                        CreateStateMachineInput.builder()
                                .name("m")
                                .definition(WAITS)
                                .roleArn(Machines.ROLE)
                                .encryptionConfiguration(encryption)
                                .build(),
                        sfn.call())
                .stateMachineArn();
    }

    private EncryptionConfiguration described(String machine, String included) {
        return sfn.service
                .describeStateMachine(
                        DescribeStateMachineInput.builder()
                                .stateMachineArn(machine)
                                .includedData(included)
                                .build(),
                        sfn.call())
                .encryptionConfiguration();
    }

    @Test
    void aKeyIsKeptWithItsDefaultReusePeriod() {
        String machine = create(ownKey().build());

        assertThat(described(machine, "ALL_DATA"))
                .isEqualTo(ownKey().kmsDataKeyReusePeriodSeconds(300).build());
    }

    @Test
    void aConfigurationThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> create(EncryptionConfiguration.builder()
                        .type("CUSTOMER_MANAGED_KMS_KEY")
                        .build()))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageEndingWith("Must set a valid kmsKeyId.");
        assertThatThrownBy(() -> create(EncryptionConfiguration.builder()
                        .type("AWS_OWNED_KEY")
                        .kmsKeyId("alias/own")
                        .build()))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageEndingWith("Custom kmsKeyId is not allowed when selecting AWS_OWNED_KEY.");
    }

    @Test
    void aKeyThatCannotEncryptIsRefused() {
        check = new KeyService.Refused("DisabledException", "arn is disabled.");

        assertThatThrownBy(() -> create(ownKey().build()))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageEndingWith("arn is disabled.");
        assertThatThrownBy(() -> sfn.service.createActivity(
                        CreateActivityInput.builder()
                                .name("a")
                                .encryptionConfiguration(ownKey().build())
                                .build(),
                        sfn.call()))
                .isInstanceOf(InvalidEncryptionConfigurationException.class);
    }

    @Test
    void dataUnderADisabledKeyCannotBeReadButMetadataCan() {
        String machine = create(ownKey().build());
        String execution = sfn.start(machine, "{}");
        check = new KeyService.Refused("DisabledException", "arn is disabled.");

        assertThatThrownBy(() -> sfn.start(machine, "{}"))
                .isInstanceOfSatisfying(
                        KmsInvalidStateException.class,
                        e -> assertThat(e.kmsKeyState()).isEqualTo("DISABLED"));
        assertThatThrownBy(() -> described(machine, "ALL_DATA")).isInstanceOf(KmsInvalidStateException.class);
        assertThatThrownBy(() -> sfn.describe(execution)).isInstanceOf(KmsInvalidStateException.class);
        assertThatThrownBy(() -> sfn.service.getExecutionHistory(
                        GetExecutionHistoryInput.builder()
                                .executionArn(execution)
                                .build(),
                        sfn.call()))
                .isInstanceOf(KmsInvalidStateException.class);
        assertThat(described(machine, "METADATA_ONLY").kmsKeyId()).isEqualTo("alias/own");
        assertThat(sfn.service
                        .describeExecution(
                                DescribeExecutionInput.builder()
                                        .executionArn(execution)
                                        .includedData("METADATA_ONLY")
                                        .build(),
                                sfn.call())
                        .status())
                .isEqualTo("RUNNING");
    }

    @Test
    void aKeyThatIsGoneIsNoLongerAllowed() {
        String activity = sfn.service
                .createActivity(
                        CreateActivityInput.builder()
                                .name("a")
                                .encryptionConfiguration(ownKey().build())
                                .build(),
                        sfn.call())
                .activityArn();
        check = new KeyService.Refused("NotFoundException", "Key does not exist.");

        assertThatThrownBy(() -> sfn.service.getActivityTask(
                        GetActivityTaskInput.builder().activityArn(activity).build(), sfn.call()))
                .isInstanceOf(KmsAccessDeniedException.class);
    }
}
