package io.pileus.cognito.idp;

import io.pileus.cognito.idp.crypto.SrpVerifier;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.Device;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.core.service.CallContext;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Devices that users sign in from. */
final class DeviceOperations {
    private final Realm realm;
    private final AccessTokens accessTokens;

    DeviceOperations(Realm realm, AccessTokens accessTokens) {
        this.realm = realm;
        this.accessTokens = accessTokens;
    }

    private static Device device(User user, String key) {
        Device device = user.devices().get(key);
        if (device == null) {
            throw ResourceNotFoundException.of("Device does not exist.");
        }
        return device;
    }

    ConfirmDeviceResponse confirmDevice(ConfirmDeviceRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        UserPool pool = bearer.pool();
        DeviceConfigurationType configuration = pool.settings().deviceConfiguration();
        if (configuration == null) {
            throw InvalidUserPoolConfigurationException.of("Device tracking is not enabled for the user pool.");
        }
        Device device = device(bearer.user(), input.deviceKey());
        Optional<SrpVerifier> verifier = verifier(input.deviceSecretVerifierConfig());
        boolean onPrompt = Boolean.TRUE.equals(configuration.deviceOnlyRememberedOnUserPrompt());
        Device confirmed = new Device(
                device.key(),
                device.groupKey(),
                input.deviceName() == null ? device.name() : input.deviceName(),
                device.lastIpUsed(),
                verifier.or(device::verifier),
                !onPrompt,
                device.createdAt(),
                call.receivedAt(),
                call.receivedAt());
        pool.users().note(bearer.user().username(), draft -> draft.devices.put(device.key(), confirmed));
        return ConfirmDeviceResponse.builder()
                .userConfirmationNecessary(onPrompt)
                .build();
    }

    private static Optional<SrpVerifier> verifier(@Nullable DeviceSecretVerifierConfigType config) {
        if (config == null) {
            return Optional.empty();
        }
        if (config.passwordVerifier() == null || config.salt() == null) {
            throw CognitoErrors.invalidParameter("Invalid device secret verifier given.");
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return Optional.of(new SrpVerifier(
                    new BigInteger(1, base64.decode(config.salt())),
                    new BigInteger(1, base64.decode(config.passwordVerifier()))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw CognitoErrors.invalidParameter("Invalid device secret verifier given.");
        }
    }

    GetDeviceResponse getDevice(GetDeviceRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(required(input.accessToken()), call);
        return GetDeviceResponse.builder()
                .device(show(device(bearer.user(), input.deviceKey())))
                .build();
    }

    AdminGetDeviceResponse adminGetDevice(AdminGetDeviceRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        return AdminGetDeviceResponse.builder()
                .device(show(device(realm.user(pool, input.username()), input.deviceKey())))
                .build();
    }

    private static String required(@Nullable String accessToken) {
        if (accessToken == null) {
            throw CognitoErrors.invalidAccessToken();
        }
        return accessToken;
    }

    private static DeviceType show(Device device) {
        List<AttributeType> attributes = new ArrayList<>();
        attributes.add(attribute("device_status", "valid"));
        if (!device.name().isEmpty()) {
            attributes.add(attribute("device_name", device.name()));
        }
        if (!device.lastIpUsed().isEmpty()) {
            attributes.add(attribute("last_ip_used", device.lastIpUsed()));
        }
        attributes.add(
                attribute("dev:device_remembered_status", device.remembered() ? "remembered" : "not_remembered"));
        return DeviceType.builder()
                .deviceKey(device.key())
                .deviceAttributes(attributes)
                .deviceCreateDate(device.createdAt())
                .deviceLastModifiedDate(device.modifiedAt())
                .deviceLastAuthenticatedDate(device.authenticatedAt())
                .build();
    }

    private static AttributeType attribute(String name, String value) {
        return AttributeType.builder().name(name).value(value).build();
    }

    UpdateDeviceStatusResponse updateDeviceStatus(UpdateDeviceStatusRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        remember(bearer.pool(), bearer.user(), input.deviceKey(), input.deviceRememberedStatus(), call);
        return UpdateDeviceStatusResponse.builder().build();
    }

    AdminUpdateDeviceStatusResponse adminUpdateDeviceStatus(AdminUpdateDeviceStatusRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        remember(pool, realm.user(pool, input.username()), input.deviceKey(), input.deviceRememberedStatus(), call);
        return AdminUpdateDeviceStatusResponse.builder().build();
    }

    private static void remember(UserPool pool, User user, String key, @Nullable String status, CallContext call) {
        device(user, key);
        pool.users()
                .note(
                        user.username(),
                        draft -> draft.devices.computeIfPresent(
                                key, (k, device) -> device.remembered("remembered".equals(status), call.receivedAt())));
    }

    ForgetDeviceResponse forgetDevice(ForgetDeviceRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(required(input.accessToken()), call);
        forget(bearer.pool(), bearer.user(), input.deviceKey());
        return ForgetDeviceResponse.builder().build();
    }

    AdminForgetDeviceResponse adminForgetDevice(AdminForgetDeviceRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        forget(pool, realm.user(pool, input.username()), input.deviceKey());
        return AdminForgetDeviceResponse.builder().build();
    }

    private static void forget(UserPool pool, User user, String key) {
        device(user, key);
        pool.users().note(user.username(), draft -> draft.devices.remove(key));
        pool.tokens().revokeDevice(user.sub(), key);
    }

    ListDevicesResponse listDevices(ListDevicesRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        Pages<Device> page = page(bearer.user(), input.paginationToken(), input.limit());
        return ListDevicesResponse.builder()
                .devices(page.items().stream().map(DeviceOperations::show).toList())
                .paginationToken(page.nextToken().orElse(null))
                .build();
    }

    AdminListDevicesResponse adminListDevices(AdminListDevicesRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Pages<Device> page = page(realm.user(pool, input.username()), input.paginationToken(), input.limit());
        return AdminListDevicesResponse.builder()
                .devices(page.items().stream().map(DeviceOperations::show).toList())
                .paginationToken(page.nextToken().orElse(null))
                .build();
    }

    private static Pages<Device> page(User user, @Nullable String token, @Nullable Integer limit) {
        NavigableMap<String, Device> devices = new TreeMap<>(user.devices());
        return Pages.of(devices, token, limit, 60);
    }
}
