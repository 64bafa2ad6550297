package io.pileus.lambda;

import static io.pileus.lambda.LambdaFixture.assertRefused;
import static io.pileus.lambda.LambdaFixture.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.lambda.model.*;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Layers: their versions, who may use them, and the functions that do. */
class LayerOperationsTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:layer:";

    private final LambdaFixture it = new LambdaFixture();

    @AfterEach
    void close() {
        it.close();
    }

    private PublishLayerVersionResponse publish(String name, String word, String... runtimes) {
        return it.lambda.publishLayerVersion(
                PublishLayerVersionRequest.builder()
                        .layerName(name)
                        .compatibleRuntimes(runtimes.length == 0 ? null : List.of(runtimes))
                        .content(LayerVersionContentInput.builder()
                                .zipFile(zip("python/shared.py", "WORD = '" + word + "'\n"))
                                .build())
                        .build(),
                it.call());
    }

    private GetLayerVersionResponse get(String name, long version) {
        return it.lambda.getLayerVersion(
                GetLayerVersionRequest.builder()
                        .layerName(name)
                        .versionNumber(version)
                        .build(),
                it.call());
    }

    private void delete(String name, long version) {
        it.lambda.deleteLayerVersion(
                DeleteLayerVersionRequest.builder()
                        .layerName(name)
                        .versionNumber(version)
                        .build(),
                it.call());
    }

    private void use(String... arns) {
        it.create(
                "f",
                "python3.12",
                zip("app.py", "import shared\ndef handler(event, context):\n    return shared.WORD\n"),
                r -> r.layers(List.of(arns)));
    }

    @Test
    void versionsAreCountedAndNeverReused() {
        PublishLayerVersionResponse first = publish("l", "one");
        publish("l", "two");
        delete("l", 2);
        delete("l", 2);

        PublishLayerVersionResponse third = publish("l", "three");

        assertThat(first.layerArn()).isEqualTo(ARN + "l");
        assertThat(first.layerVersionArn()).isEqualTo(ARN + "l:1");
        assertThat(third.version()).isEqualTo(3);
        assertThat(get("l", 1).content().codeSha256()).isEqualTo(first.content().codeSha256());
        assertRefused(
                () -> get("l", 2), "ResourceNotFoundException", 404, "The resource you requested does not exist.");
        assertRefused(() -> get("l", 0), "InvalidParameterValueException", 400, "Layer Version Cannot be less than 1.");
    }

    @Test
    void listsShowTheNewestThatFits() {
        publish("a", "one", "python3.12");
        publish("a", "two", "nodejs20.x");
        publish("b", "three");

        assertThat(it.lambda
                        .listLayers(
                                ListLayersRequest.builder()
                                        .compatibleRuntime("python3.12")
                                        .build(),
                                it.call())
                        .layers())
                .singleElement()
                .satisfies(layer ->
                        assertThat(layer.latestMatchingVersion().version()).isEqualTo(1));
        assertThat(it.lambda
                        .listLayers(ListLayersRequest.builder().build(), it.call())
                        .layers())
                .extracting(LayersListItem::layerName)
                .containsExactly("a", "b");
        assertThat(it.lambda
                        .listLayerVersions(
                                ListLayerVersionsRequest.builder()
                                        .layerName("a")
                                        .build(),
                                it.call())
                        .layerVersions())
                .extracting(LayerVersionsListItem::version)
                .containsExactly(2L, 1L);
    }

    @Test
    void aFunctionKeepsALayerThatIsDeleted() {
        publish("l", "kept");
        use(ARN + "l:1");
        delete("l", 1);

        assertThat(it.invoke("f", "{}").payload().utf8()).isEqualTo("\"kept\"");
    }

    @Test
    void aLaterLayerLiesAboveAnEarlierOne() {
        publish("below", "below");
        publish("above", "above");
        use(ARN + "below:1", ARN + "above:1");

        assertThat(it.invoke("f", "{}").payload().utf8()).isEqualTo("\"above\"");
    }

    @Test
    void whatAFunctionMayUseIsChecked() {
        publish("l", "one");
        publish("l", "two");

        assertRefused(
                () -> use(ARN + "l:9"),
                "InvalidParameterValueException",
                400,
                "Layer version " + ARN + "l:9 does not exist.");
        assertRefused(
                () -> use(ARN + "l:1", ARN + "l:2"),
                "InvalidParameterValueException",
                400,
                "Two different versions of the same layer are not allowed to be referenced in the same function. " + ARN
                        + "l:1 and " + ARN + "l:2 layer versions have been referenced.");
        assertRefused(
                () -> use(ARN.replace("us-east-1", "eu-west-1") + "l:1"),
                "InvalidParameterValueException",
                400,
                "Layers are not in the same region as the function. Layers are expected to be in region us-east-1.");
    }

    @Test
    void permissionsAreAddedReadAndRemoved() {
        publish("l", "one");
        AddLayerVersionPermissionRequest add = AddLayerVersionPermissionRequest.builder()
                .layerName("l")
                .versionNumber(1L)
                .statementId("all")
                .action("lambda:GetLayerVersion")
                .principal("*")
                .build();
        GetLayerVersionPolicyRequest get = GetLayerVersionPolicyRequest.builder()
                .layerName("l")
                .versionNumber(1L)
                .build();
        RemoveLayerVersionPermissionRequest remove = RemoveLayerVersionPermissionRequest.builder()
                .layerName("l")
                .versionNumber(1L)
                .statementId("all")
                .build();

        AddLayerVersionPermissionResponse added = it.lambda.addLayerVersionPermission(add, it.call());

        assertThat(LambdaFixture.json(
                                it.lambda.getLayerVersionPolicy(get, it.call()).policy())
                        .path("Statement")
                        .get(0))
                .isEqualTo(LambdaFixture.json(added.statement()));
        assertRefused(
                () -> it.lambda.addLayerVersionPermission(add, it.call()),
                "ResourceConflictException",
                409,
                "The statement id (all) provided already exists. Please provide a new statement id, or remove the"
                        + " existing statement.");
        assertRefused(
                () -> it.lambda.removeLayerVersionPermission(
                        remove.toBuilder().revisionId("stale").build(), it.call()),
                "PreconditionFailedException",
                412,
                "The RevisionId provided does not match the latest RevisionId. Call the GetLayerVersionPolicy API to"
                        + " retrieve the latest RevisionId");
        it.lambda.removeLayerVersionPermission(remove, it.call());
        assertRefused(
                () -> it.lambda.getLayerVersionPolicy(get, it.call()),
                "ResourceNotFoundException",
                404,
                "No policy is associated with the given resource.");
    }
}
