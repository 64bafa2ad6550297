package io.pileus.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.port.AccessGuard;
import io.pileus.core.port.Ports;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.lambda.executor.CodeArchive;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Code;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import io.pileus.lambda.state.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Layers: versions published, read, listed, deleted, shared; and what functions use of them. */
final class LayerOperations {
    private static final int LAYERS_MAX = 5;

    private final Functions functions;
    private final Ids ids;
    private final Packages packages;
    private final Ports ports;

    LayerOperations(Functions functions, Ids ids, Packages packages, Ports ports) {
        this.functions = functions;
        this.ids = ids;
        this.packages = packages;
        this.ports = ports;
    }

    /** A layer as a request names it: by name or by ARN, the version in the ARN or beside it. */
    private record Reference(AccountId account, Region region, String name, Optional<Long> version) {
        static Reference parse(String text, CallContext call) {
            if (!text.startsWith("arn:")) {
                return new Reference(call.account(), call.region(), text, Optional.empty());
            }
            String[] parts = text.split(":");
            if (parts.length < 7
                    || parts.length > 8
                    || !parts[2].equals("lambda")
                    || !AccountId.isValid(parts[4])
                    || !parts[5].equals("layer")) {
                throw LambdaErrors.invalid("Invalid ARN: " + text);
            }
            try {
                return new Reference(
                        new AccountId(parts[4]),
                        new Region(parts[3]),
                        parts[6],
                        parts.length == 8 ? Optional.of(Long.parseLong(parts[7])) : Optional.empty());
            } catch (IllegalArgumentException e) {
                throw LambdaErrors.invalid("Invalid ARN: " + text);
            }
        }

        String arn() {
            return "arn:" + region.partition() + ":lambda:" + region + ":" + account + ":layer:" + name;
        }
    }

    // ---- versions ---------------------------------------------------------------------------------------------------

    PublishLayerVersionResponse publishLayerVersion(PublishLayerVersionRequest input, CallContext call) {
        Reference reference = Reference.parse(input.layerName(), call);
        LayerVersionContentInput content = input.content();
        Code code = packages.fetch(
                new Packages.Source(content.zipFile(), content.s3Bucket(), content.s3Key(), content.s3ObjectVersion()),
                "PublishLayerVersion");
        LambdaState state = functions.scopes().of(reference.account(), reference.region());
        GetLayerVersionResponse made = state.locked(() -> {
            Layer layer = state.layers().computeIfAbsent(reference.name(), name -> new Layer(name, reference.arn()));
            long number = layer.takeNumber();
            LayerVersionsListItem description = LayerVersionsListItem.builder()
                    .layerVersionArn(layer.arn() + ":" + number)
                    .version(number)
                    .description(input.description() == null ? "" : input.description())
                    .createdDate(Functions.lastModified(call.receivedAt()))
                    .compatibleRuntimes(input.hasCompatibleRuntimes() ? input.compatibleRuntimes() : null)
                    .compatibleArchitectures(
                            input.hasCompatibleArchitectures() ? input.compatibleArchitectures() : null)
                    .licenseInfo(input.licenseInfo())
                    .build();
            Layer.Version version = new Layer.Version(description, code);
            layer.versions().put(number, version);
            return shown(layer, version, call);
        });
        return PublishLayerVersionResponse.builder()
                .content(made.content())
                .layerArn(made.layerArn())
                .layerVersionArn(made.layerVersionArn())
                .description(made.description())
                .createdDate(made.createdDate())
                .version(made.version())
                .compatibleRuntimes(made.hasCompatibleRuntimes() ? made.compatibleRuntimes() : null)
                .compatibleArchitectures(made.hasCompatibleArchitectures() ? made.compatibleArchitectures() : null)
                .licenseInfo(made.licenseInfo())
                .build();
    }

    GetLayerVersionResponse getLayerVersion(GetLayerVersionRequest input, CallContext call) {
        return get(Reference.parse(input.layerName(), call), input.versionNumber(), call);
    }

    GetLayerVersionResponse getLayerVersionByArn(GetLayerVersionByArnRequest input, CallContext call) {
        Reference reference = Reference.parse(input.arn(), call);
        return get(reference, reference.version().orElse(0L), call);
    }

    private GetLayerVersionResponse get(Reference reference, long number, CallContext call) {
        LambdaState state = functions.scopes().of(reference.account(), reference.region());
        return state.locked(() -> {
            Layer.Version version = version(state, reference, number).orElseThrow(LambdaErrors::noSuchResource);
            return shown(state.layers().get(reference.name()), version, call);
        });
    }

    private static Optional<Layer.Version> version(LambdaState state, Reference reference, long number) {
        if (number < 1) {
            throw LambdaErrors.invalid("Layer Version Cannot be less than 1.");
        }
        return Optional.ofNullable(state.layers().get(reference.name()))
                .map(layer -> layer.versions().get(number));
    }

    private GetLayerVersionResponse shown(Layer layer, Layer.Version version, CallContext call) {
        LayerVersionsListItem description = version.description();
        String[] arn = layer.arn().split(":");
        return GetLayerVersionResponse.builder()
                .content(LayerVersionContentOutput.builder()
                        .location(call.endpoint() + "/_pileus/lambda/" + arn[4] + "/" + arn[3] + "/" + layer.name()
                                + "/layer/" + description.version())
                        .codeSha256(version.code().sha256())
                        .codeSize((long) version.code().zip().size())
                        .build())
                .layerArn(layer.arn())
                .layerVersionArn(description.layerVersionArn())
                .description(description.description())
                .createdDate(description.createdDate())
                .version(description.version())
                .compatibleRuntimes(description.hasCompatibleRuntimes() ? description.compatibleRuntimes() : null)
                .compatibleArchitectures(
                        description.hasCompatibleArchitectures() ? description.compatibleArchitectures() : null)
                .licenseInfo(description.licenseInfo())
                .build();
    }

    ListLayerVersionsResponse listLayerVersions(ListLayerVersionsRequest input, CallContext call) {
        Reference reference = Reference.parse(input.layerName(), call);
        LambdaState state = functions.scopes().of(reference.account(), reference.region());
        List<LayerVersionsListItem> all =
                state.locked(() -> Optional.ofNullable(state.layers().get(reference.name()))
                        .map(layer -> matching(layer, input.compatibleRuntime(), input.compatibleArchitecture()))
                        .orElse(List.of()));
        Page<LayerVersionsListItem> page =
                Page.of(all, item -> String.valueOf(item.version()), input.marker(), input.maxItems(), 50);
        return ListLayerVersionsResponse.builder()
                .layerVersions(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    ListLayersResponse listLayers(ListLayersRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        List<LayersListItem> all = state.locked(() -> {
            List<LayersListItem> layers = new ArrayList<>();
            for (Layer layer : state.layers().values()) {
                matching(layer, input.compatibleRuntime(), input.compatibleArchitecture()).stream()
                        .findFirst()
                        .ifPresent(latest -> layers.add(LayersListItem.builder()
                                .layerName(layer.name())
                                .layerArn(layer.arn())
                                .latestMatchingVersion(latest)
                                .build()));
            }
            return layers;
        });
        Page<LayersListItem> page = Page.of(all, LayersListItem::layerName, input.marker(), input.maxItems(), 50);
        return ListLayersResponse.builder()
                .layers(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    /** The newest first. */
    private static List<LayerVersionsListItem> matching(
            Layer layer, @Nullable String runtime, @Nullable String architecture) {
        return layer.versions().descendingMap().values().stream()
                .map(Layer.Version::description)
                .filter(item -> runtime == null || item.compatibleRuntimes().contains(runtime))
                .filter(item ->
                        architecture == null || item.compatibleArchitectures().contains(architecture))
                .toList();
    }

    DeleteLayerVersionResponse deleteLayerVersion(DeleteLayerVersionRequest input, CallContext call) {
        Reference reference = Reference.parse(input.layerName(), call);
        LambdaState state = functions.scopes().of(reference.account(), reference.region());
        state.locked(() -> version(state, reference, input.versionNumber())
                .map(version -> state.layers().get(reference.name()).versions().remove(input.versionNumber())));
        return DeleteLayerVersionResponse.builder().build();
    }

    // ---- who may use them -------------------------------------------------------------------------------------------

    AddLayerVersionPermissionResponse addLayerVersionPermission(
            AddLayerVersionPermissionRequest input, CallContext call) {
        Reference reference = Reference.parse(input.layerName(), call);
        LambdaState state = functions.scopes().of(reference.account(), reference.region());
        return state.locked(() -> {
            Layer.Version version = existing(state, reference, input.versionNumber());
            checkRevision(version, input.revisionId());
            LinkedHashMap<String, ObjectNode> statements = version.policy()
                    .map(policy -> new LinkedHashMap<>(policy.statements()))
                    .orElseGet(LinkedHashMap::new);
            ObjectNode statement = statement(input, version);
            if (statements.putIfAbsent(input.statementId(), statement) != null) {
                throw AccessOperations.statementExists(input.statementId());
            }
            Function.Policy policy = new Function.Policy(statements, ids.uuid());
            AccessOperations.checkLength(policy);
            version.policy(policy);
            return AddLayerVersionPermissionResponse.builder()
                    .statement(statement.toString())
                    .revisionId(policy.revisionId())
                    .build();
        });
    }

    private static ObjectNode statement(AddLayerVersionPermissionRequest input, Layer.Version version) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("Sid", input.statementId());
        statement.put("Effect", "Allow");
        String principal = input.principal();
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else {
            statement
                    .putObject("Principal")
                    .put("AWS", AccountId.isValid(principal) ? "arn:aws:iam::" + principal + ":root" : principal);
        }
        statement.put("Action", input.action());
        statement.put("Resource", version.description().layerVersionArn());
        if (input.organizationId() != null) {
            statement
                    .putObject("Condition")
                    .putObject("StringEquals")
                    .put("aws:PrincipalOrgID", input.organizationId());
        }
        return statement;
    }

    GetLayerVersionPolicyResponse getLayerVersionPolicy(GetLayerVersionPolicyRequest input, CallContext call) {
        Reference reference = Reference.parse(input.layerName(), call);
        LambdaState state = functions.scopes().of(reference.account(), reference.region());
        return state.locked(() -> {
            Function.Policy policy = existing(state, reference, input.versionNumber())
                    .policy()
                    .orElseThrow(() -> LambdaErrors.notFound("No policy is associated with the given resource."));
            return GetLayerVersionPolicyResponse.builder()
                    .policy(AccessOperations.document(policy).toString())
                    .revisionId(policy.revisionId())
                    .build();
        });
    }

    RemoveLayerVersionPermissionResponse removeLayerVersionPermission(
            RemoveLayerVersionPermissionRequest input, CallContext call) {
        Reference reference = Reference.parse(input.layerName(), call);
        LambdaState state = functions.scopes().of(reference.account(), reference.region());
        return state.locked(() -> {
            Layer.Version version = existing(state, reference, input.versionNumber());
            Function.Policy before = version.policy()
                    .orElseThrow(() -> LambdaErrors.notFound("No policy is associated with the given resource."));
            checkRevision(version, input.revisionId());
            LinkedHashMap<String, ObjectNode> statements = new LinkedHashMap<>(before.statements());
            if (statements.remove(input.statementId()) == null) {
                throw LambdaErrors.notFound("Statement " + input.statementId() + " is not found in resource policy.");
            }
            version.policy(statements.isEmpty() ? null : new Function.Policy(statements, ids.uuid()));
            return RemoveLayerVersionPermissionResponse.builder().build();
        });
    }

    private static Layer.Version existing(LambdaState state, Reference reference, long number) {
        return version(state, reference, number)
                .orElseThrow(() ->
                        LambdaErrors.notFound("Layer version " + reference.arn() + ":" + number + " does not exist."));
    }

    private static void checkRevision(Layer.Version version, @Nullable String given) {
        if (given != null
                && !given.equals(
                        version.policy().map(Function.Policy::revisionId).orElse(""))) {
            throw PreconditionFailedException.builder()
                    .message("The RevisionId provided does not match the latest RevisionId. Call the"
                            + " GetLayerVersionPolicy API to retrieve the latest RevisionId")
                    .type("User")
                    .build();
        }
    }

    // ---- what functions use -----------------------------------------------------------------------------------------

    /** The layers of a function, as its configuration shows them and as they are unpacked. */
    record Used(List<io.pileus.lambda.model.Layer> shown, List<Code> code) {}

    /** Finds the layers that a function names. Not to be called under a lock: they may be another account's. */
    Used use(List<String> arns, FunctionReference function, CallContext call) {
        if (arns.size() > LAYERS_MAX) {
            throw LambdaErrors.invalid(
                    "Cannot reference more than " + LAYERS_MAX + " layers. (" + arns.size() + " were given)");
        }
        List<io.pileus.lambda.model.Layer> shown = new ArrayList<>();
        List<Code> code = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (String arn : arns) {
            Layer.Version version = used(arn, function, call);
            String layer = arn.substring(0, arn.lastIndexOf(':'));
            String other = seen.put(layer, arn);
            if (other != null) {
                throw LambdaErrors.invalid(
                        "Two different versions of the same layer are not allowed to be referenced in the same"
                                + " function. " + other + " and " + arn + " layer versions have been referenced.");
            }
            shown.add(io.pileus.lambda.model.Layer.builder()
                    .arn(arn)
                    .codeSize((long) version.code().zip().size())
                    .build());
            code.add(version.code());
        }
        return new Used(shown, code);
    }

    private Layer.Version used(String arn, FunctionReference function, CallContext call) {
        String[] parts = arn.split(":");
        if (parts.length != 8 || !AccountId.isValid(parts[4]) || !parts[7].matches("[0-9]{1,18}")) {
            throw LambdaErrors.validation("Value '[" + arn + "]' at 'layers' failed to satisfy constraint: Member must"
                    + " satisfy constraint: [Member must be the ARN of a layer's version]");
        }
        if (!parts[3].equals(function.region().id())) {
            throw LambdaErrors.invalid("Layers are not in the same region as the function. Layers are expected to be in"
                    + " region " + function.region() + ".");
        }
        ports.find(AccessGuard.class)
                .flatMap(guard ->
                        guard.refusal("lambda:GetLayerVersion", Arn.parse(arn).orElseThrow(), Map.of(), call))
                .ifPresent(message -> {
                    throw LambdaErrors.accessDenied(message);
                });
        return functions
                .scopes()
                .find(new AccountId(parts[4]), function.region())
                .flatMap(state ->
                        state.locked(() -> Optional.ofNullable(state.layers().get(parts[6]))
                                .map(layer -> layer.versions().get(Long.parseLong(parts[7])))))
                .orElseThrow(() -> LambdaErrors.invalid("Layer version " + arn + " does not exist."));
    }

    /** Code and layers together are bounded. */
    static void checkSize(Code code, List<Code> layers) {
        long size = code.unzippedBytes();
        for (Code layer : layers) {
            size += layer.unzippedBytes();
        }
        if (size > CodeArchive.UNZIPPED_BYTES_MAX) {
            throw tooLarge(size);
        }
    }

    private static AwsException tooLarge(long size) {
        return LambdaErrors.invalid("Function code combined with layers exceeds the maximum allowed size of "
                + CodeArchive.UNZIPPED_BYTES_MAX + " bytes. The actual size is " + size + " bytes.");
    }
}
