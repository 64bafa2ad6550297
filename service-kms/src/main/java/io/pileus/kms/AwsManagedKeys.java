package io.pileus.kms;

import io.pileus.core.identity.Ids;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.state.Alias;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyRing;
import io.pileus.kms.state.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that AWS manages for its services ({@code alias/aws/sqs} and so on), made when they are first used.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key">AWS managed keys</a>
 */
final class AwsManagedKeys {

    /** What each key is for, by the last part of its alias. */
    private static final Map<String, String> PURPOSES = Map.ofEntries(
            Map.entry("acm", "ACM private keys"),
            Map.entry("backup", "backups"),
            Map.entry("cloud9", "Cloud9 environments"),
            Map.entry("codecommit", "CodeCommit repositories"),
            Map.entry("connect", "Connect data"),
            Map.entry("dms", "replication instances"),
            Map.entry("dynamodb", "DynamoDB tables"),
            Map.entry("ebs", "EBS volumes"),
            Map.entry("elasticfilesystem", "EFS filesystems"),
            Map.entry("es", "Elasticsearch domains"),
            Map.entry("fsx", "FSx resources"),
            Map.entry("glue", "Glue resources"),
            Map.entry("kafka", "MSK clusters"),
            Map.entry("kinesis", "Kinesis data"),
            Map.entry("kinesisvideo", "Kinesis video streams"),
            Map.entry("lambda", "Lambda functions"),
            Map.entry("lightsail", "Lightsail data"),
            Map.entry("rds", "RDS database volumes"),
            Map.entry("redshift", "Redshift clusters"),
            Map.entry("s3", "S3 objects"),
            Map.entry("secretsmanager", "Secrets Manager data"),
            Map.entry("ses", "SES data"),
            Map.entry("sns", "SNS data"),
            Map.entry("sqs", "SQS messages"),
            Map.entry("ssm", "SSM parameters"),
            Map.entry("workspaces", "WorkSpaces volumes"),
            Map.entry("xray", "X-Ray data"));

    private final Ids ids;
    private final KeyGenerator generator;

    AwsManagedKeys(Ids ids, KeyGenerator generator) {
        this.ids = ids;
        this.generator = generator;
    }

    /** Makes the key of an alias such as {@code alias/aws/sqs}; empty if no AWS service has it. */
    Optional<Key> create(KeyRing ring, String aliasName, Instant now) {
        if (!aliasName.startsWith(Alias.AWS_PREFIX)) {
            return Optional.empty();
        }
        String service = aliasName.substring(Alias.AWS_PREFIX.length());
        String purpose = PURPOSES.get(service);
        if (purpose == null) {
            return Optional.empty();
        }
        synchronized (ring) {
            Optional<Key> existing = ring.keyOfAlias(aliasName, now);
            if (existing.isPresent()) {
                return existing;
            }
            Key key = ring.create(
                    new Key.Definition(
                            ids.uuid(),
                            ring.account(),
                            ring.region(),
                            KeySpec.SYMMETRIC_DEFAULT,
                            KeyUsage.ENCRYPT_DECRYPT,
                            Origin.AWS_KMS,
                            Key.Manager.AWS,
                            now,
                            null,
                            null),
                    false,
                    generator.generate(KeySpec.SYMMETRIC_DEFAULT),
                    generator,
                    "Default key that protects my " + purpose + " when no other key is defined",
                    KeyPolicies.ofAwsService(service, ring.account(), ring.region()),
                    Map.of());
            ring.createAlias(aliasName, key, now);
            return Optional.of(key);
        }
    }
}
