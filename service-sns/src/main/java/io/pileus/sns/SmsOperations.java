package io.pileus.sns;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.sns.model.CheckIfPhoneNumberIsOptedOutInput;
import io.pileus.sns.model.CheckIfPhoneNumberIsOptedOutResponse;
import io.pileus.sns.model.CreateSMSSandboxPhoneNumberInput;
import io.pileus.sns.model.CreateSMSSandboxPhoneNumberResult;
import io.pileus.sns.model.DeleteSMSSandboxPhoneNumberInput;
import io.pileus.sns.model.DeleteSMSSandboxPhoneNumberResult;
import io.pileus.sns.model.GetSMSAttributesInput;
import io.pileus.sns.model.GetSMSAttributesResponse;
import io.pileus.sns.model.GetSMSSandboxAccountStatusInput;
import io.pileus.sns.model.GetSMSSandboxAccountStatusResult;
import io.pileus.sns.model.ListOriginationNumbersRequest;
import io.pileus.sns.model.ListOriginationNumbersResult;
import io.pileus.sns.model.ListPhoneNumbersOptedOutInput;
import io.pileus.sns.model.ListPhoneNumbersOptedOutResponse;
import io.pileus.sns.model.ListSMSSandboxPhoneNumbersInput;
import io.pileus.sns.model.ListSMSSandboxPhoneNumbersResult;
import io.pileus.sns.model.OptInPhoneNumberInput;
import io.pileus.sns.model.OptInPhoneNumberResponse;
import io.pileus.sns.model.ResourceNotFoundException;
import io.pileus.sns.model.SMSSandboxPhoneNumber;
import io.pileus.sns.model.SetSMSAttributesInput;
import io.pileus.sns.model.SetSMSAttributesResponse;
import io.pileus.sns.model.UserErrorException;
import io.pileus.sns.model.VerificationException;
import io.pileus.sns.model.VerifySMSSandboxPhoneNumberInput;
import io.pileus.sns.model.VerifySMSSandboxPhoneNumberResult;
import io.pileus.sns.state.Outbox;
import io.pileus.sns.state.SmsSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** SMS: attributes, opt-outs, the sandbox, origination numbers (of which there are none here). */
final class SmsOperations {
    private static final int PAGE = 100;
    private static final int ONE_TIME_PASSWORD_DIGITS = 6;

    /** @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox.html">Using the Amazon SNS SMS sandbox</a> */
    private static final int SANDBOX_NUMBERS_MAX = 10;

    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[1-9][0-9]{3,14}");
    private static final Set<String> ATTRIBUTES = Set.of(
            "MonthlySpendLimit",
            "DeliveryStatusIAMRole",
            "DeliveryStatusSuccessSamplingRate",
            "DefaultSenderID",
            "DefaultSMSType",
            "UsageReportS3Bucket");

    private final Resources resources;
    private final Ids ids;
    private final Outbox outbox;

    SmsOperations(Resources resources, Ids ids, Outbox outbox) {
        this.resources = resources;
        this.ids = ids;
        this.outbox = outbox;
    }

    private SmsSettings sms(CallContext call) {
        return resources.of(call).sms();
    }

    // ---- attributes ---------------------------------------------------------------------------------------------

    SetSMSAttributesResponse setSMSAttributes(SetSMSAttributesInput input, CallContext call) {
        input.attributes().forEach(SmsOperations::checkAttribute);
        sms(call).attributes().putAll(input.attributes());
        return SetSMSAttributesResponse.builder().build();
    }

    private static void checkAttribute(String name, String value) {
        if (!ATTRIBUTES.contains(name)) {
            throw SnsErrors.invalidParameter(name + " is not a valid attribute");
        }
        boolean valid = switch (name) {
            case "DefaultSMSType" -> value.equals("Promotional") || value.equals("Transactional");
            case "DefaultSenderID" -> value.matches("[A-Za-z0-9_-]{1,11}");
            case "MonthlySpendLimit" -> value.matches("\\d{1,9}");
            case "DeliveryStatusSuccessSamplingRate" -> value.matches("\\d{1,3}") && Integer.parseInt(value) <= 100;
            default -> true;
        };
        if (!valid) {
            throw SnsErrors.invalidParameter(name + " value " + value + " is invalid");
        }
    }

    GetSMSAttributesResponse getSMSAttributes(GetSMSAttributesInput input, CallContext call) {
        Map<String, String> all = new TreeMap<>(sms(call).attributes());
        all.putIfAbsent("MonthlySpendLimit", "1");
        if (!input.attributes().isEmpty()) {
            all.keySet().retainAll(input.attributes());
        }
        return GetSMSAttributesResponse.builder().attributes(all).build();
    }

    // ---- opt-outs -----------------------------------------------------------------------------------------------

    CheckIfPhoneNumberIsOptedOutResponse checkIfPhoneNumberIsOptedOut(
            CheckIfPhoneNumberIsOptedOutInput input, CallContext call) {
        checkNumber(input.phoneNumber());
        return CheckIfPhoneNumberIsOptedOutResponse.builder()
                .isOptedOut(sms(call).optedOut().contains(input.phoneNumber()))
                .build();
    }

    ListPhoneNumbersOptedOutResponse listPhoneNumbersOptedOut(ListPhoneNumbersOptedOutInput input, CallContext call) {
        Page<String> page = Page.of(List.copyOf(sms(call).optedOut()), n -> n, input.nextToken(), PAGE);
        return ListPhoneNumbersOptedOutResponse.builder()
                .phoneNumbers(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    OptInPhoneNumberResponse optInPhoneNumber(OptInPhoneNumberInput input, CallContext call) {
        checkNumber(input.phoneNumber());
        sms(call).optedOut().remove(input.phoneNumber());
        return OptInPhoneNumberResponse.builder().build();
    }

    private static void checkNumber(String number) {
        if (!PHONE_NUMBER.matcher(number).matches()) {
            throw SnsErrors.invalidParameter("PhoneNumber", "input incorrectly formatted");
        }
    }

    // ---- sandbox ------------------------------------------------------------------------------------------------

    GetSMSSandboxAccountStatusResult getSMSSandboxAccountStatus(
            GetSMSSandboxAccountStatusInput input, CallContext call) {
        return GetSMSSandboxAccountStatusResult.builder().isInSandbox(true).build();
    }

    /** Sends the one-time password to the outbox, where a test reads it. */
    CreateSMSSandboxPhoneNumberResult createSMSSandboxPhoneNumber(
            CreateSMSSandboxPhoneNumberInput input, CallContext call) {
        checkNumber(input.phoneNumber());
        Map<String, SmsSettings.SandboxNumber> numbers = sms(call).sandbox();
        if (numbers.size() >= SANDBOX_NUMBERS_MAX && !numbers.containsKey(input.phoneNumber())) {
            throw UserErrorException.of(
                    "The SMS sandbox has " + SANDBOX_NUMBERS_MAX + " phone numbers at most"); // words ours
        }
        String password = ids.digits(ONE_TIME_PASSWORD_DIGITS);
        sms(call).sandbox().put(input.phoneNumber(), new SmsSettings.SandboxNumber(password, false));
        outbox.add(new Outbox.Sent(
                Outbox.Kind.SMS,
                call.account(),
                call.region(),
                input.phoneNumber(),
                Optional.empty(),
                Optional.empty(),
                ids.uuid(),
                "Your verification code is " + password,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                call.receivedAt()));
        return CreateSMSSandboxPhoneNumberResult.builder().build();
    }

    VerifySMSSandboxPhoneNumberResult verifySMSSandboxPhoneNumber(
            VerifySMSSandboxPhoneNumberInput input, CallContext call) {
        SmsSettings.SandboxNumber number = sandboxNumber(input.phoneNumber(), call);
        if (!number.oneTimePassword().equals(input.oneTimePassword())) {
            throw VerificationException.of("Invalid one-time password");
        }
        sms(call).sandbox().put(input.phoneNumber(), new SmsSettings.SandboxNumber(number.oneTimePassword(), true));
        return VerifySMSSandboxPhoneNumberResult.builder().build();
    }

    DeleteSMSSandboxPhoneNumberResult deleteSMSSandboxPhoneNumber(
            DeleteSMSSandboxPhoneNumberInput input, CallContext call) {
        sandboxNumber(input.phoneNumber(), call);
        sms(call).sandbox().remove(input.phoneNumber());
        return DeleteSMSSandboxPhoneNumberResult.builder().build();
    }

    private SmsSettings.SandboxNumber sandboxNumber(String number, CallContext call) {
        return Optional.ofNullable(sms(call).sandbox().get(number))
                .orElseThrow(() -> ResourceNotFoundException.of("The phone number does not exist in the SMS sandbox"));
    }

    ListSMSSandboxPhoneNumbersResult listSMSSandboxPhoneNumbers(
            ListSMSSandboxPhoneNumbersInput input, CallContext call) {
        int size = input.maxResults() == null ? PAGE : input.maxResults();
        Page<Map.Entry<String, SmsSettings.SandboxNumber>> page =
                Page.of(List.copyOf(sms(call).sandbox().entrySet()), Map.Entry::getKey, input.nextToken(), size);
        return ListSMSSandboxPhoneNumbersResult.builder()
                .phoneNumbers(page.items().stream()
                        .map(e -> SMSSandboxPhoneNumber.builder()
                                .phoneNumber(e.getKey())
                                .status(e.getValue().verified() ? "Verified" : "Pending")
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    ListOriginationNumbersResult listOriginationNumbers(ListOriginationNumbersRequest input, CallContext call) {
        return ListOriginationNumbersResult.builder().phoneNumbers(List.of()).build();
    }
}
