package io.pileus.lambda;

import io.pileus.core.service.AwsException;
import io.pileus.lambda.model.FunctionCodeLocation;
import io.pileus.lambda.model.FunctionConfiguration;
import io.pileus.lambda.model.ImageConfig;
import io.pileus.lambda.model.ImageConfigResponse;
import io.pileus.lambda.state.Code;
import org.jspecify.annotations.Nullable;

/**
 * Functions of package type Image: what is asked of them and how answers show them. The image is never fetched; a container of
 * it can be a remote endpoint.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/images-create.html">Container images</a>
 */
final class Images {
    static final String PACKAGE_TYPE = "Image";

    private Images() {}

    static boolean isImage(FunctionConfiguration configuration) {
        return PACKAGE_TYPE.equals(configuration.packageType());
    }

    /** An image brings its own runtime, handler and libraries. */
    static void refuseArchiveSettings(@Nullable String runtime, @Nullable String handler, boolean layers) {
        if (runtime != null || handler != null || layers) {
            throw LambdaErrors.invalid(
                    "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.");
        }
    }

    static void refuseImageConfig(@Nullable ImageConfig config) {
        if (config != null) {
            throw LambdaErrors.invalid("ImageConfig is not supported for functions created with deployment packages.");
        }
    }

    /** @param verb what is done to the function, as AWS's errors have it: {@code creating}, {@code updating} */
    static Code code(@Nullable String imageUri, String verb) {
        if (imageUri == null) {
            throw LambdaErrors.invalid(
                    "Please provide ImageUri when " + verb + " a function with packageType " + PACKAGE_TYPE + ".");
        }
        return Code.ofImage(imageUri);
    }

    static AwsException notAnImage() {
        return LambdaErrors.invalid("Please don't provide ImageUri when updating a function with packageType Zip.");
    }

    static FunctionCodeLocation location(String imageUri, Code code) {
        String repository = imageUri.replaceFirst("(@sha256)?:[^:/]*$", "");
        return FunctionCodeLocation.builder()
                .repositoryType("ECR")
                .imageUri(imageUri)
                .resolvedImageUri(repository + "@sha256:" + code.sha256())
                .build();
    }

    static @Nullable ImageConfigResponse shown(@Nullable ImageConfig config) {
        return config == null
                ? null
                : ImageConfigResponse.builder().imageConfig(config).build();
    }
}
