package io.pileus.lambda.state;

import io.pileus.lambda.model.LayerVersionsListItem;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A layer as it is saved. */
public record SavedLayer(String name, String arn, long nextVersion, Map<Long, SavedVersion> versions) {

    /** @param code the SHA-256 of the archive */
    public record SavedVersion(
            LayerVersionsListItem description, String code, Optional<SavedFunction.SavedPolicy> policy) {}

    /** What a layer is now; called under its lock. */
    public static SavedLayer of(Layer layer, Consumer<Code> codes) {
        return new SavedLayer(
                layer.name(), layer.arn(), layer.nextVersion(), SavedFunction.mapped(layer.versions(), version -> {
                    codes.accept(version.code());
                    return new SavedVersion(
                            version.description(),
                            version.code().sha256(),
                            version.policy().map(SavedFunction.SavedPolicy::of));
                }));
    }

    public Layer layer(java.util.function.Function<String, Code> codes) {
        Layer layer = new Layer(name, arn, nextVersion);
        versions.forEach((number, saved) -> {
            Layer.Version version = new Layer.Version(saved.description(), codes.apply(saved.code()));
            saved.policy().ifPresent(policy -> version.policy(policy.policy()));
            layer.versions().put(number, version);
        });
        return layer;
    }
}
