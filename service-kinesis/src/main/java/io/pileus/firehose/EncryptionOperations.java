package io.pileus.firehose;

import io.pileus.core.port.KeyService;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.firehose.model.*;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Server-side encryption of delivery streams: the key is checked, the records are kept as they came. */
final class EncryptionOperations {
    private final DeliveryStreams streams;
    private final Ports ports;

    EncryptionOperations(DeliveryStreams streams, Ports ports) {
        this.streams = streams;
        this.ports = ports;
    }

    StartDeliveryStreamEncryptionOutput startDeliveryStreamEncryption(
            StartDeliveryStreamEncryptionInput input, CallContext call) {
        DeliveryStream stream = streams.get(input.deliveryStreamName(), call);
        DeliveryStreamEncryptionConfigurationInput asked = input.deliveryStreamEncryptionConfigurationInput();
        DeliveryStreamEncryptionConfigurationInput named = asked != null
                ? asked
                : DeliveryStreamEncryptionConfigurationInput.builder()
                        .keyType(KeyType.AWS_OWNED_CMK.wire())
                        .build();
        asked(named, stream.type(), call).ifPresent(stream::encryption);
        return StartDeliveryStreamEncryptionOutput.builder().build();
    }

    StopDeliveryStreamEncryptionOutput stopDeliveryStreamEncryption(
            StopDeliveryStreamEncryptionInput input, CallContext call) {
        DeliveryStream stream = streams.get(input.deliveryStreamName(), call);
        if (stream.type() != DeliveryStreamType.DIRECT_PUT) {
            throw FirehoseErrors.notDirectPut(stream);
        }
        DeliveryStream.Encryption present = stream.encryption();
        if (present != null) {
            stream.encryption(new DeliveryStream.Encryption(present.keyType(), present.keyArn(), false));
        }
        return StopDeliveryStreamEncryptionOutput.builder().build();
    }

    /** The encryption that a request asks for, checked. */
    Optional<DeliveryStream.Encryption> asked(
            @Nullable DeliveryStreamEncryptionConfigurationInput input, DeliveryStreamType type, CallContext call) {
        if (input == null) {
            return Optional.empty();
        }
        if (type != DeliveryStreamType.DIRECT_PUT) {
            throw FirehoseErrors.invalid("Server-side encryption is not supported on " + type.wire()
                    + " delivery streams: encrypt the source instead.");
        }
        boolean customer = KeyType.of(input.keyType()) == KeyType.CUSTOMER_MANAGED_CMK;
        String keyArn = input.keyARN();
        if (customer != (keyArn != null)) {
            throw FirehoseErrors.invalid(
                    customer
                            ? "KeyARN must be specified when KeyType is CUSTOMER_MANAGED_CMK."
                            : "KeyARN must not be specified when KeyType is AWS_OWNED_CMK.");
        }
        if (keyArn != null) {
            Optional<KeyService> keys = ports.find(KeyService.class);
            if (keys.isPresent()
                    && keys.get().check(call.account(), call.region(), keyArn) instanceof KeyService.Refused refused) {
                throw FirehoseErrors.key(refused.code(), refused.message());
            }
        }
        return Optional.of(new DeliveryStream.Encryption(input.keyType(), keyArn, true));
    }
}
