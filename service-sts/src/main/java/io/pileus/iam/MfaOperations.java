package io.pileus.iam;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.MfaDevice;
import io.pileus.iam.state.Totp;
import io.pileus.iam.state.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Virtual MFA devices. */
final class MfaOperations {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** How long AWS's seeds are: 64 characters in base32. */
    private static final int SEED_BYTES = 40;

    private final IamAccounts accounts;
    private final Ids ids;

    MfaOperations(IamAccounts accounts, Ids ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    /** Differs from AWS: the answer has the seed, and no picture of it as a QR code. */
    CreateVirtualMFADeviceResponse createVirtualMFADevice(CreateVirtualMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            String serial = "arn:aws:iam::" + account.id() + ":mfa" + Entities.path(input.path())
                    + input.virtualMFADeviceName();
            if (account.mfaDevices().containsKey(serial)) {
                throw IamErrors.entityAlreadyExists("MFADevice entity at the same path and name already exists.");
            }
            Tags.check(Map.of(), input.tags());
            MfaDevice device = new MfaDevice(serial, new Totp(ids.bytes(SEED_BYTES)));
            Tags.put(device.tags(), input.tags());
            account.mfaDevices().put(serial, device);
            return CreateVirtualMFADeviceResponse.builder()
                    .virtualMFADevice(VirtualMFADevice.builder()
                            .serialNumber(serial)
                            .base32StringSeed(
                                    Blob.of(base32(device.totp().seed()).getBytes(StandardCharsets.US_ASCII)))
                            .tags(Answers.noneIfEmpty(Tags.of(device.tags())))
                            .build())
                    .build();
        });
    }

    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                text.append(BASE32.charAt(buffer >> (bits - 5) & 0x1f));
                bits -= 5;
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(BASE32.charAt(buffer << (5 - bits) & 0x1f));
        }
        return text.toString();
    }

    EnableMFADeviceResponse enableMFADevice(EnableMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            MfaDevice device = device(account, input.serialNumber());
            if (device.enabled().isPresent()) {
                throw IamErrors.entityAlreadyExists("MFA device is already assigned to a user.");
            }
            if (account.mfaDevicesOf(user).size() >= IamLimits.MFA_DEVICES_PER_USER) {
                throw IamErrors.quota("MFADevicesPerUser", IamLimits.MFA_DEVICES_PER_USER);
            }
            checkPair(device, input.authenticationCode1(), input.authenticationCode2(), call);
            device.enable(user.name(), Times.of(call));
            return new EnableMFADeviceResponse();
        });
    }

    ResyncMFADeviceResponse resyncMFADevice(ResyncMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            MfaDevice device = deviceOf(account, Entities.user(account, input.userName()), input.serialNumber());
            checkPair(device, input.authenticationCode1(), input.authenticationCode2(), call);
            return new ResyncMFADeviceResponse();
        });
    }

    private static void checkPair(MfaDevice device, String first, String second, CallContext call) {
        if (!device.totp().acceptPair(first, second, Times.of(call))) {
            throw InvalidAuthenticationCodeException.of("Authentication code for device is not valid.");
        }
    }

    DeactivateMFADeviceResponse deactivateMFADevice(DeactivateMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            deviceOf(account, user, input.serialNumber()).disable();
            return new DeactivateMFADeviceResponse();
        });
    }

    DeleteVirtualMFADeviceResponse deleteVirtualMFADevice(DeleteVirtualMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            MfaDevice device = device(account, input.serialNumber());
            if (device.enabled().isPresent()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must deactivate MFA device first.");
            }
            account.mfaDevices().remove(device.serialNumber());
            return new DeleteVirtualMFADeviceResponse();
        });
    }

    ListMFADevicesResponse listMFADevices(ListMFADevicesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<MfaDevice> devices = account.mfaDevicesOf(Entities.userOrCaller(account, input.userName(), call));
            Page<MfaDevice> page = Page.of(devices, MfaDevice::serialNumber, input.marker(), input.maxItems());
            return ListMFADevicesResponse.builder()
                    .mfaDevices(page.items().stream()
                            .map(d -> MFADevice.builder()
                                    .userName(d.enabled().orElseThrow().userName())
                                    .serialNumber(d.serialNumber())
                                    .enableDate(d.enabled().orElseThrow().since())
                                    .build())
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    ListVirtualMFADevicesResponse listVirtualMFADevices(ListVirtualMFADevicesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            String status = input.assignmentStatus() == null ? "Any" : input.assignmentStatus();
            List<MfaDevice> devices = account.mfaDevices().values().stream()
                    .filter(d -> status.equals("Any") || d.enabled().isPresent() == status.equals("Assigned"))
                    .toList();
            Page<MfaDevice> page = Page.of(devices, MfaDevice::serialNumber, input.marker(), input.maxItems());
            return ListVirtualMFADevicesResponse.builder()
                    .virtualMFADevices(page.items().stream()
                            .map(d -> VirtualMFADevice.builder()
                                    .serialNumber(d.serialNumber())
                                    .enableDate(d.enabled()
                                            .map(MfaDevice.Enabled::since)
                                            .orElse(null))
                                    .user(d.enabled()
                                            .map(e -> account.users().get(e.userName()))
                                            .map(Answers::listed)
                                            .orElse(null))
                                    .build())
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    GetMFADeviceResponse getMFADevice(GetMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            MfaDevice device = device(account, input.serialNumber());
            return GetMFADeviceResponse.builder()
                    .serialNumber(device.serialNumber())
                    .userName(device.enabled().map(MfaDevice.Enabled::userName).orElse(null))
                    .enableDate(device.enabled().map(MfaDevice.Enabled::since).orElse(null))
                    .build();
        });
    }

    TagMFADeviceResponse tagMFADevice(TagMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(device(account, input.serialNumber()).tags(), input.tags());
            return new TagMFADeviceResponse();
        });
    }

    UntagMFADeviceResponse untagMFADevice(UntagMFADeviceRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(device(account, input.serialNumber()).tags(), input.tagKeys());
            return new UntagMFADeviceResponse();
        });
    }

    ListMFADeviceTagsResponse listMFADeviceTags(ListMFADeviceTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Page<Tag> page = Tags.page(device(account, input.serialNumber()).tags(), input.marker(), input.maxItems());
            return ListMFADeviceTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static MfaDevice device(IamAccount account, String serialNumber) {
        MfaDevice device = account.mfaDevices().get(serialNumber);
        if (device == null) {
            throw IamErrors.noSuchEntity("VirtualMFADevice with serial number " + serialNumber + " doesn't exist.");
        }
        return device;
    }

    private static MfaDevice deviceOf(IamAccount account, User user, String serialNumber) {
        return account.mfaDevicesOf(user).stream()
                .filter(d -> d.serialNumber().equals(serialNumber))
                .findFirst()
                .orElseThrow(() -> IamErrors.noSuchEntity(
                        "MFA device " + serialNumber + " is not assigned to user " + user.name() + "."));
    }
}
