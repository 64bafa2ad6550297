package io.pileus.sns;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.sns.model.CreateEndpointResponse;
import io.pileus.sns.model.CreatePlatformApplicationInput;
import io.pileus.sns.model.CreatePlatformApplicationResponse;
import io.pileus.sns.model.CreatePlatformEndpointInput;
import io.pileus.sns.model.DeleteEndpointInput;
import io.pileus.sns.model.DeleteEndpointResponse;
import io.pileus.sns.model.DeletePlatformApplicationInput;
import io.pileus.sns.model.DeletePlatformApplicationResponse;
import io.pileus.sns.model.Endpoint;
import io.pileus.sns.model.GetEndpointAttributesInput;
import io.pileus.sns.model.GetEndpointAttributesResponse;
import io.pileus.sns.model.GetPlatformApplicationAttributesInput;
import io.pileus.sns.model.GetPlatformApplicationAttributesResponse;
import io.pileus.sns.model.ListEndpointsByPlatformApplicationInput;
import io.pileus.sns.model.ListEndpointsByPlatformApplicationResponse;
import io.pileus.sns.model.ListPlatformApplicationsInput;
import io.pileus.sns.model.ListPlatformApplicationsResponse;
import io.pileus.sns.model.SetEndpointAttributesInput;
import io.pileus.sns.model.SetEndpointAttributesResponse;
import io.pileus.sns.model.SetPlatformApplicationAttributesInput;
import io.pileus.sns.model.SetPlatformApplicationAttributesResponse;
import io.pileus.sns.state.PlatformApplication;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Mobile push: platform applications and the endpoints (devices) of each. */
final class PlatformOperations {
    private static final int PAGE = 100;
    private static final int CUSTOM_USER_DATA_MAX = 2048;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
    private static final Pattern APPLE_TOKEN = Pattern.compile("[0-9A-Fa-f]{1,400}");
    private static final Set<String> PLATFORMS = Set.of(
            "ADM",
            "APNS",
            "APNS_SANDBOX",
            "APNS_VOIP",
            "APNS_VOIP_SANDBOX",
            "APNS_PASSBOOK",
            "MACOS",
            "MACOS_SANDBOX",
            "BAIDU",
            "FCM",
            "GCM",
            "MPNS",
            "WNS");
    private static final Set<String> APPLICATION_ATTRIBUTES = Set.of(
            "PlatformCredential",
            "PlatformPrincipal",
            "EventEndpointCreated",
            "EventEndpointDeleted",
            "EventEndpointUpdated",
            "EventDeliveryFailure",
            "SuccessFeedbackRoleArn",
            "FailureFeedbackRoleArn",
            "SuccessFeedbackSampleRate",
            "ApplePlatformTeamID",
            "ApplePlatformBundleID",
            "Enabled");
    /** Credentials, which the API takes and never shows. */
    private static final Set<String> SECRET = Set.of("PlatformCredential", "PlatformPrincipal");

    private static final Set<String> ENDPOINT_ATTRIBUTES = Set.of("CustomUserData", "Enabled", "Token");

    private final Resources resources;
    private final Ids ids;

    PlatformOperations(Resources resources, Ids ids) {
        this.resources = resources;
        this.ids = ids;
    }

    // ---- applications -------------------------------------------------------------------------------------------

    CreatePlatformApplicationResponse createPlatformApplication(
            CreatePlatformApplicationInput input, CallContext call) {
        if (!NAME.matcher(input.name()).matches()) {
            throw SnsErrors.invalidParameter(
                    "Name",
                    "must contain only letters, numbers, underscores, hyphens, and periods, and be 1 to 256 in length");
        }
        if (!PLATFORMS.contains(input.platform())) {
            throw SnsErrors.invalidParameter("Platform", input.platform() + " is not supported");
        }
        checkApplicationAttributes(input.attributes());
        if (!input.attributes().containsKey("PlatformCredential")) {
            throw SnsErrors.invalidParameter("Attributes", "PlatformCredential attribute is required");
        }
        Arn arn = Arn.of("sns", call.region(), call.account(), "app/" + input.platform() + "/" + input.name());
        PlatformApplication application = resources
                .of(call)
                .applications()
                .computeIfAbsent(arn.toString(), a -> new PlatformApplication(arn, input.platform()));
        application.attributes().putAll(input.attributes());
        return CreatePlatformApplicationResponse.builder()
                .platformApplicationArn(arn.toString())
                .build();
    }

    private static void checkApplicationAttributes(Map<String, String> attributes) {
        attributes.forEach((name, value) -> {
            if (!APPLICATION_ATTRIBUTES.contains(name)) {
                throw SnsErrors.invalidParameter("Attributes", "Invalid attribute name: " + name);
            }
            if (name.equals("Enabled")) {
                checkEnabled(value);
            }
        });
    }

    GetPlatformApplicationAttributesResponse getPlatformApplicationAttributes(
            GetPlatformApplicationAttributesInput input, CallContext call) {
        return GetPlatformApplicationAttributesResponse.builder()
                .attributes(shown(application(input.platformApplicationArn())))
                .build();
    }

    private static Map<String, String> shown(PlatformApplication application) {
        Map<String, String> shown = application.attributes().entrySet().stream()
                .filter(a -> !SECRET.contains(a.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        shown.putIfAbsent("Enabled", "true");
        return shown;
    }

    SetPlatformApplicationAttributesResponse setPlatformApplicationAttributes(
            SetPlatformApplicationAttributesInput input, CallContext call) {
        PlatformApplication application = application(input.platformApplicationArn());
        checkApplicationAttributes(input.attributes());
        application.attributes().putAll(input.attributes());
        return SetPlatformApplicationAttributesResponse.builder().build();
    }

    ListPlatformApplicationsResponse listPlatformApplications(ListPlatformApplicationsInput input, CallContext call) {
        Page<PlatformApplication> page = Page.of(
                List.copyOf(resources.of(call).applications().values()),
                a -> a.arn().toString(),
                input.nextToken(),
                PAGE);
        return ListPlatformApplicationsResponse.builder()
                .platformApplications(page.items().stream()
                        .map(a -> io.pileus.sns.model.PlatformApplication.builder()
                                .platformApplicationArn(a.arn().toString())
                                .attributes(shown(a))
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DeletePlatformApplicationResponse deletePlatformApplication(
            DeletePlatformApplicationInput input, CallContext call) {
        resources
                .of(arn("PlatformApplicationArn", input.platformApplicationArn()))
                .ifPresent(state -> state.applications().remove(input.platformApplicationArn()));
        return DeletePlatformApplicationResponse.builder().build();
    }

    private PlatformApplication application(String arn) {
        return resources
                .of(arn("PlatformApplicationArn", arn))
                .flatMap(state -> state.application(arn))
                .orElseThrow(SnsErrors::platformApplicationDoesNotExist);
    }

    // ---- endpoints ----------------------------------------------------------------------------------------------

    CreateEndpointResponse createPlatformEndpoint(CreatePlatformEndpointInput input, CallContext call) {
        PlatformApplication application = application(input.platformApplicationArn());
        checkEndpointAttributes(input.attributes());
        if (input.customUserData() != null) {
            checkEndpointAttributes(Map.of("CustomUserData", input.customUserData()));
        }
        checkToken(input.token(), application.platform());
        Map<String, String> attributes = new java.util.HashMap<>(input.attributes());
        attributes.put("Token", input.token());
        attributes.putIfAbsent("Enabled", "true");
        if (input.customUserData() != null) {
            attributes.put("CustomUserData", input.customUserData());
        }
        String resource = application.arn().resource().replaceFirst("^app/", "endpoint/") + "/" + ids.uuid();
        Arn app = application.arn();
        Arn arn = new Arn(app.partition(), "sns", app.region(), app.account(), resource);
        PlatformApplication.Endpoint endpoint =
                application.addUnlessThere(new PlatformApplication.Endpoint(arn, attributes));
        if (!endpoint.attributes().equals(attributes)) {
            throw SnsErrors.invalidParameter(
                    "Token",
                    "Endpoint " + endpoint.arn() + " already exists with the same Token, but different attributes.");
        }
        return CreateEndpointResponse.builder()
                .endpointArn(endpoint.arn().toString())
                .build();
    }

    /** The words on Apple's tokens were seen in react-native-device-info issue 1123. */
    private static void checkToken(String token, String platform) {
        if (token.isEmpty()) {
            throw SnsErrors.invalidParameter("Token", "cannot be empty"); // words ours
        }
        boolean apple = platform.startsWith("APNS") || platform.startsWith("MACOS");
        if (apple && !APPLE_TOKEN.matcher(token).matches()) {
            throw SnsErrors.invalidParameter(
                    "Token", "iOS device tokens must be no more than 400 hexadecimal characters");
        }
    }

    private static void checkEndpointAttributes(Map<String, String> attributes) {
        attributes.forEach((name, value) -> {
            if (!ENDPOINT_ATTRIBUTES.contains(name)) {
                throw SnsErrors.invalidParameter("Attributes", "Invalid attribute name: " + name);
            }
            if (name.equals("CustomUserData")
                    && value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > CUSTOM_USER_DATA_MAX) {
                throw SnsErrors.invalidParameter(
                        "Attributes",
                        "Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding");
            }
            if (name.equals("Enabled")) {
                checkEnabled(value);
            }
        });
    }

    private static void checkEnabled(String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw SnsErrors.invalidParameter(
                    "Attributes", "Invalid value for attribute: Enabled: must be true or false");
        }
    }

    GetEndpointAttributesResponse getEndpointAttributes(GetEndpointAttributesInput input, CallContext call) {
        return GetEndpointAttributesResponse.builder()
                .attributes(endpoint(input.endpointArn()).attributes())
                .build();
    }

    SetEndpointAttributesResponse setEndpointAttributes(SetEndpointAttributesInput input, CallContext call) {
        PlatformApplication.Endpoint endpoint = endpoint(input.endpointArn());
        checkEndpointAttributes(input.attributes());
        String token = input.attributes().get("Token");
        if (token != null) {
            checkToken(token, endpoint.arn().resource().split("/")[1]);
        }
        endpoint.attributes().putAll(input.attributes());
        return SetEndpointAttributesResponse.builder().build();
    }

    ListEndpointsByPlatformApplicationResponse listEndpointsByPlatformApplication(
            ListEndpointsByPlatformApplicationInput input, CallContext call) {
        PlatformApplication application = application(input.platformApplicationArn());
        Page<PlatformApplication.Endpoint> page =
                Page.of(application.endpoints(), e -> e.arn().toString(), input.nextToken(), PAGE);
        return ListEndpointsByPlatformApplicationResponse.builder()
                .endpoints(page.items().stream()
                        .map(e -> Endpoint.builder()
                                .endpointArn(e.arn().toString())
                                .attributes(e.attributes())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    DeleteEndpointResponse deleteEndpoint(DeleteEndpointInput input, CallContext call) {
        resources
                .of(arn("EndpointArn", input.endpointArn()))
                .ifPresent(state -> state.applications().values().forEach(a -> a.remove(input.endpointArn())));
        return DeleteEndpointResponse.builder().build();
    }

    private PlatformApplication.Endpoint endpoint(String arn) {
        return resources
                .of(arn("EndpointArn", arn))
                .flatMap(state -> state.endpoint(arn))
                .orElseThrow(SnsErrors::endpointDoesNotExist);
    }

    private static Arn arn(String parameter, String text) {
        return Arn.parse(text).orElseThrow(() -> SnsErrors.malformedArn(parameter, text));
    }
}
