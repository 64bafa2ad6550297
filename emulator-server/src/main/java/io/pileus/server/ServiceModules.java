package io.pileus.server;

import io.pileus.cognito.CognitoProvider;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.firehose.FirehoseServiceProvider;
import io.pileus.kinesis.KinesisServiceProvider;
import io.pileus.kms.KmsServiceProvider;
import io.pileus.lambda.LambdaServiceProvider;
import io.pileus.s3.S3ServiceProvider;
import io.pileus.sns.SnsServiceProvider;
import io.pileus.sqs.SqsProvider;
import io.pileus.stepfunctions.StepFunctionsProvider;
import io.pileus.sts.IdentityServiceProvider;
import java.util.List;

/**
 * The service modules of the program. They are named here because a {@link java.util.ServiceLoader} reads the directory of
 * every jar on the class path before it knows that there are no more: an eighth of a start.
 */
public final class ServiceModules {
    private ServiceModules() {}

    /** One provider a module, in the order in which their services are made. */
    public static List<EmulatedServiceProvider> all() {
        return List.of(
                new KmsServiceProvider(),
                new IdentityServiceProvider(),
                new CognitoProvider(),
                new SqsProvider(),
                new SnsServiceProvider(),
                new KinesisServiceProvider(),
                new FirehoseServiceProvider(),
                new StepFunctionsProvider(),
                new LambdaServiceProvider(),
                new S3ServiceProvider());
    }
}
