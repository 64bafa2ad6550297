"""Replays what the Terraform provider for AWS asks for when it reads resources, and checks the fields that it needs."""
import base64, hashlib, io, json, sys, urllib.parse, zipfile
import boto3
from botocore.exceptions import ClientError

endpoint = sys.argv[1]
failures = []


def client(name):
    return boto3.client(name, endpoint_url=endpoint, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


def check(what, condition, seen=""):
    if not condition:
        failures.append(f"{what}: {seen}")


def error(what, code, call, **arguments):
    try:
        call(**arguments)
        failures.append(f"{what}: no error")
    except ClientError as e:
        check(what, e.response["Error"]["Code"] == code, e.response["Error"])


# The provider's start.
account = client("sts").get_caller_identity()["Account"]

# aws_sqs_queue with a dead-letter queue and a policy
sqs = client("sqs")
dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
dead_arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
policy = json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
                     "Action": ["sqs:SendMessage"], "Resource": ["*"]}]})
sent = {"DelaySeconds": "0", "MaximumMessageSize": "262144", "MessageRetentionPeriod": "345600", "ReceiveMessageWaitTimeSeconds": "0",
        "VisibilityTimeout": "30", "SqsManagedSseEnabled": "true",
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 4})}
main = sqs.create_queue(QueueName="main", Attributes=sent, tags={"team": "a"})["QueueUrl"]
check("queue URL", urllib.parse.urlparse(main).path == f"/{account}/main", main)
sqs.set_queue_attributes(QueueUrl=main, Attributes={"Policy": policy})
sqs.set_queue_attributes(QueueUrl=dead, Attributes={"RedriveAllowPolicy": json.dumps(
    {"redrivePermission": "byQueue", "sourceQueueArns": [f"arn:aws:sqs:us-east-1:{account}:main"]})})
seen = sqs.get_queue_attributes(QueueUrl=main, AttributeNames=["All"])["Attributes"]
for name, value in sent.items():
    check("queue " + name, json.loads(seen[name]) == json.loads(value) if name == "RedrivePolicy" else seen[name] == value, seen)
check("queue Policy", json.loads(seen["Policy"]) == json.loads(policy), seen["Policy"])
check("queue tags", sqs.list_queue_tags(QueueUrl=main)["Tags"] == {"team": "a"})
check("dead queue tags", sqs.list_queue_tags(QueueUrl=dead).get("Tags", {}) == {})
sqs.create_queue(QueueName="main", Attributes={"VisibilityTimeout": "30"})
sqs.set_queue_attributes(QueueUrl=main, Attributes={"Policy": ""})
check("queue without Policy", "Policy" not in sqs.get_queue_attributes(QueueUrl=main, AttributeNames=["All"])["Attributes"])
fifo = sqs.create_queue(QueueName="f.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true",
                        "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId",
                        "KmsMasterKeyId": "alias/aws/sqs", "KmsDataKeyReusePeriodSeconds": "300"})["QueueUrl"]
seen = sqs.get_queue_attributes(QueueUrl=fifo, AttributeNames=["All"])["Attributes"]
for name in ("DeduplicationScope", "FifoThroughputLimit", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "ContentBasedDeduplication"):
    check("fifo " + name, name in seen, seen)

# aws_sns_topic, aws_sns_topic_subscription
sns = client("sns")
topic = sns.create_topic(Name="topic", Tags=[{"Key": "team", "Value": "a"}])["TopicArn"]
role_arn = f"arn:aws:iam::{account}:role/feedback"
topic_attributes = {"DisplayName": "d", "SignatureVersion": "2", "TracingConfig": "Active", "KmsMasterKeyId": "alias/aws/sns",
                    "SQSSuccessFeedbackRoleArn": role_arn, "SQSSuccessFeedbackSampleRate": "50", "SQSFailureFeedbackRoleArn": role_arn,
                    "HTTPSuccessFeedbackRoleArn": role_arn, "HTTPSuccessFeedbackSampleRate": "10", "HTTPFailureFeedbackRoleArn": role_arn,
                    "LambdaSuccessFeedbackRoleArn": role_arn, "LambdaSuccessFeedbackSampleRate": "10", "LambdaFailureFeedbackRoleArn": role_arn,
                    "FirehoseSuccessFeedbackRoleArn": role_arn, "FirehoseSuccessFeedbackSampleRate": "10", "FirehoseFailureFeedbackRoleArn": role_arn,
                    "ApplicationSuccessFeedbackRoleArn": role_arn, "ApplicationSuccessFeedbackSampleRate": "10", "ApplicationFailureFeedbackRoleArn": role_arn}
for name, value in topic_attributes.items():
    try:
        sns.set_topic_attributes(TopicArn=topic, AttributeName=name, AttributeValue=value)
    except ClientError as e:
        failures.append(f"topic {name}: {e}")
seen = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
for name, value in topic_attributes.items():
    check("topic " + name, seen.get(name) == value, seen.get(name))
for name in ("Owner", "Policy", "TopicArn", "EffectiveDeliveryPolicy"):
    check("topic " + name, name in seen, seen)
check("topic tags", sns.list_tags_for_resource(ResourceArn=topic)["Tags"] == [{"Key": "team", "Value": "a"}])
error("no topic", "NotFound", sns.get_topic_attributes, TopicArn=topic + "x")
subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=dead_arn, ReturnSubscriptionArn=True, Attributes={
    "FilterPolicy": json.dumps({"kind": ["a"]}), "FilterPolicyScope": "MessageBody", "RawMessageDelivery": "true",
    "RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_arn})})["SubscriptionArn"]
seen = sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
for name in ("SubscriptionArn", "TopicArn", "Protocol", "Endpoint", "Owner", "ConfirmationWasAuthenticated", "PendingConfirmation",
             "RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"):
    check("subscription " + name, name in seen, seen)
check("subscription is confirmed", seen["PendingConfirmation"] == "false", seen)
sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue="{}")
plain = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:us-east-1:{account}:main", ReturnSubscriptionArn=True)["SubscriptionArn"]
seen = sns.get_subscription_attributes(SubscriptionArn=plain)["Attributes"]
check("no scope without a policy", "FilterPolicyScope" not in seen and "FilterPolicy" not in seen, seen)
pending = sns.subscribe(TopicArn=topic, Protocol="http", Endpoint="http://localhost:1/", ReturnSubscriptionArn=True)["SubscriptionArn"]
error("unsubscribe pending", "InvalidParameter", sns.unsubscribe, SubscriptionArn=pending)
sns.unsubscribe(SubscriptionArn=plain)
error("no subscription", "NotFound", sns.get_subscription_attributes, SubscriptionArn=plain)

# aws_kms_key, aws_kms_alias
kms = client("kms")
for spec, usage in (("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"), ("RSA_2048", "SIGN_VERIFY"), ("HMAC_256", "GENERATE_VERIFY_MAC")):
    key = kms.create_key(KeySpec=spec, KeyUsage=usage, Tags=[{"TagKey": "team", "TagValue": "a"}])["KeyMetadata"]
    check("default policy", "Statement" in json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"]))
    check("tags", kms.list_resource_tags(KeyId=key["KeyId"])["Tags"] == [{"TagKey": "team", "TagValue": "a"}])
    try:
        check("rotation of " + spec, kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"] is False)
    except ClientError as e:
        failures.append(f"rotation of {spec}: {e}")
kms.create_alias(AliasName="alias/a", TargetKeyId=key["Arn"])
alias = [a for page in kms.get_paginator("list_aliases").paginate() for a in page["Aliases"] if a["AliasName"] == "alias/a"]
check("alias", alias and alias[0]["TargetKeyId"] == key["KeyId"], alias)
key = kms.create_key()["KeyMetadata"]
kms.enable_key_rotation(KeyId=key["KeyId"], RotationPeriodInDays=120)
check("period", kms.get_key_rotation_status(KeyId=key["KeyId"])["RotationPeriodInDays"] == 120)
kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=7)
error("second deletion", "KMSInvalidStateException", kms.schedule_key_deletion, KeyId=key["KeyId"])
error("no key", "NotFoundException", kms.describe_key, KeyId="11111111-2222-3333-4444-555555555555")

# aws_kinesis_stream, aws_kinesis_stream_consumer
kinesis = client("kinesis")
kinesis.create_stream(StreamName="s", ShardCount=1, StreamModeDetails={"StreamMode": "PROVISIONED"}, Tags={"team": "a"})
kinesis.get_waiter("stream_exists").wait(StreamName="s", WaiterConfig={"Delay": 1})
kinesis.increase_stream_retention_period(StreamName="s", RetentionPeriodHours=24)
seen = kinesis.describe_stream_summary(StreamName="s")["StreamDescriptionSummary"]
for name, value in (("StreamStatus", "ACTIVE"), ("OpenShardCount", 1), ("RetentionPeriodHours", 24), ("EncryptionType", "NONE")):
    check("stream " + name, seen.get(name) == value, seen)
check("stream EnhancedMonitoring", seen["EnhancedMonitoring"] == [{"ShardLevelMetrics": []}], seen)
check("stream tags", kinesis.list_tags_for_stream(StreamName="s")["Tags"] == [{"Key": "team", "Value": "a"}])
check("stream tags by ARN", kinesis.list_tags_for_resource(ResourceARN=seen["StreamARN"])["Tags"] == [{"Key": "team", "Value": "a"}])
consumer = kinesis.register_stream_consumer(StreamARN=seen["StreamARN"], ConsumerName="c")["Consumer"]["ConsumerARN"]
check("consumer", kinesis.describe_stream_consumer(ConsumerARN=consumer)["ConsumerDescription"]["ConsumerStatus"] in ("CREATING", "ACTIVE"))
error("no stream", "ResourceNotFoundException", kinesis.describe_stream_summary, StreamName="none")

# aws_iam_role, aws_iam_policy
iam = client("iam")
trust = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com", "states.amazonaws.com",
                    "firehose.amazonaws.com"]}, "Action": "sts:AssumeRole"}]})
role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust, Tags=[{"Key": "team", "Value": "a"}])["Role"]["Arn"]
seen = iam.get_role(RoleName="r")["Role"]
check("role", seen["AssumeRolePolicyDocument"] == json.loads(trust) and seen["MaxSessionDuration"] == 3600, seen)
iam.put_role_policy(RoleName="r", PolicyName="inline", PolicyDocument=policy.replace('"Principal": {"Service": "sns.amazonaws.com"}, ', ""))
check("role policies", iam.list_role_policies(RoleName="r")["PolicyNames"] == ["inline"])
managed = iam.create_policy(PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}))["Policy"]["Arn"]
iam.attach_role_policy(RoleName="r", PolicyArn=managed)
check("attached", iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"][0]["PolicyArn"] == managed)
check("policy version", iam.get_policy_version(PolicyArn=managed, VersionId=iam.get_policy(PolicyArn=managed)["Policy"]["DefaultVersionId"])["PolicyVersion"]["IsDefaultVersion"])
check("versions", len(iam.list_policy_versions(PolicyArn=managed)["Versions"]) == 1)
check("profiles", iam.list_instance_profiles_for_role(RoleName="r")["InstanceProfiles"] == [])
error("no role", "NoSuchEntity", iam.get_role, RoleName="none")
error("role in use", "DeleteConflict", iam.delete_role, RoleName="r")

# aws_s3_bucket
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
                  config=__import__("botocore.config", fromlist=["Config"]).Config(s3={"addressing_style": "path"}))
s3.create_bucket(Bucket="tf-bucket")
s3.head_bucket(Bucket="tf-bucket")
for name, code in (("get_bucket_acl", ""), ("get_bucket_versioning", ""), ("get_bucket_logging", ""), ("get_bucket_accelerate_configuration", ""),
                   ("get_bucket_request_payment", ""), ("get_bucket_location", ""), ("get_bucket_encryption", ""),
                   ("get_bucket_policy", "NoSuchBucketPolicy"), ("get_bucket_cors", "NoSuchCORSConfiguration"),
                   ("get_bucket_website", "NoSuchWebsiteConfiguration"), ("get_bucket_lifecycle_configuration", "NoSuchLifecycleConfiguration"),
                   ("get_bucket_replication", "ReplicationConfigurationNotFoundError"), ("get_bucket_tagging", "NoSuchTagSet"),
                   ("get_object_lock_configuration", "ObjectLockConfigurationNotFoundError"), ("get_public_access_block", ""),
                   ("get_bucket_ownership_controls", "")):
    try:
        getattr(s3, name)(Bucket="tf-bucket")
        check(name, not code, "no error")
    except ClientError as e:
        check(name, e.response["Error"]["Code"] == code, e)

# aws_kinesis_firehose_delivery_stream
firehose = client("firehose")
firehose.create_delivery_stream(DeliveryStreamName="d", DeliveryStreamType="DirectPut", Tags=[{"Key": "team", "Value": "a"}],
                                ExtendedS3DestinationConfiguration={"RoleARN": role, "BucketARN": "arn:aws:s3:::tf-bucket"})
seen = firehose.describe_delivery_stream(DeliveryStreamName="d")["DeliveryStreamDescription"]
for name in ("VersionId", "HasMoreDestinations", "DeliveryStreamARN", "DeliveryStreamStatus"):
    check("firehose " + name, name in seen, seen)
destination = seen["Destinations"][0]
for name in ("BufferingHints", "CompressionFormat", "CloudWatchLoggingOptions", "S3BackupMode", "EncryptionConfiguration"):
    check("firehose " + name, name in destination["ExtendedS3DestinationDescription"], destination)
check("firehose tags", firehose.list_tags_for_delivery_stream(DeliveryStreamName="d")["Tags"] == [{"Key": "team", "Value": "a"}])
error("no delivery stream", "ResourceNotFoundException", firehose.describe_delivery_stream, DeliveryStreamName="none")

# aws_sfn_state_machine
sfn = client("stepfunctions")
definition = '{ "StartAt": "A",  "States": {"A": {"Type": "Pass", "End": true}} }'
check("plan", sfn.validate_state_machine_definition(definition=definition, type="STANDARD")["result"] == "OK")
machine = sfn.create_state_machine(name="m", definition=definition, roleArn=role, tags=[{"key": "team", "value": "a"}])["stateMachineArn"]
seen = sfn.describe_state_machine(stateMachineArn=machine)
check("definition", seen["definition"] == definition, seen)
for name, value in (("loggingConfiguration", {"level": "OFF", "includeExecutionData": False}), ("tracingConfiguration", {"enabled": False}),
                    ("encryptionConfiguration", {"type": "AWS_OWNED_KEY"}), ("status", "ACTIVE")):
    check("state machine " + name, seen.get(name) == value, seen.get(name))
check("state machine without a revision before its first update", "revisionId" not in seen, seen)
revision = sfn.update_state_machine(stateMachineArn=machine, definition=definition.replace('"A"', '"B"'))["revisionId"]
check("state machine revisionId", sfn.describe_state_machine(stateMachineArn=machine)["revisionId"] == revision, revision)
check("versions", sfn.list_state_machine_versions(stateMachineArn=machine)["stateMachineVersions"] == [])
check("state machine tags", sfn.list_tags_for_resource(resourceArn=machine)["tags"] == [{"key": "team", "value": "a"}])
error("no state machine", "StateMachineDoesNotExist", sfn.describe_state_machine, stateMachineArn=machine + "x")

# aws_cognito_user_pool, client, domain, group; identity pool
idp = client("cognito-idp")
pool = idp.create_user_pool(PoolName="p", UserPoolTags={"team": "a"})["UserPool"]["Id"]
seen = idp.describe_user_pool(UserPoolId=pool)["UserPool"]
for name in ("CreationDate", "LastModifiedDate", "SchemaAttributes", "AdminCreateUserConfig", "DeletionProtection", "EstimatedNumberOfUsers",
             "VerificationMessageTemplate", "UserPoolTier", "UserPoolTags", "MfaConfiguration", "EmailConfiguration", "Arn"):
    check("pool " + name, name in seen, seen)
check("pool password policy", "PasswordPolicy" in seen["Policies"] and "SignInPolicy" in seen["Policies"], seen["Policies"])
check("pool schema", len(seen["SchemaAttributes"]) == 20, len(seen["SchemaAttributes"]))
check("mfa", idp.get_user_pool_mfa_config(UserPoolId=pool)["MfaConfiguration"] == "OFF")
made = idp.create_user_pool_client(UserPoolId=pool, ClientName="c")["UserPoolClient"]
check("client", made["RefreshTokenValidity"] == 30 and made["EnableTokenRevocation"] and made["AuthSessionValidity"] == 3
      and "ClientSecret" not in made and "TokenValidityUnits" not in made, made)
check("client is described alike", idp.describe_user_pool_client(UserPoolId=pool, ClientId=made["ClientId"])["UserPoolClient"] == made)
check("no domain", idp.describe_user_pool_domain(Domain="none").get("DomainDescription", {}) == {})
idp.create_user_pool_domain(Domain="tf-domain", UserPoolId=pool)
check("domain", idp.describe_user_pool_domain(Domain="tf-domain")["DomainDescription"]["Status"] == "ACTIVE")
group = idp.create_group(GroupName="g", UserPoolId=pool)["Group"]
check("group", "RoleArn" not in group and "Precedence" not in group, group)
error("no pool", "ResourceNotFoundException", idp.describe_user_pool, UserPoolId="us-east-1_nothing00")
identity = client("cognito-identity")
pool_id = identity.create_identity_pool(IdentityPoolName="i", AllowUnauthenticatedIdentities=False, IdentityPoolTags={"team": "a"})["IdentityPoolId"]
check("identity pool", identity.describe_identity_pool(IdentityPoolId=pool_id)["IdentityPoolTags"] == {"team": "a"})
check("no roles", identity.get_identity_pool_roles(IdentityPoolId=pool_id).get("Roles", {}) == {})

# aws_lambda_function, aws_lambda_event_source_mapping
functions = client("lambda")
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as z:
    z.writestr("index.py", "def handler(event, context): return event")
function = functions.create_function(FunctionName="f", Runtime="python3.12", Role=role, Handler="index.handler",
                                     Code={"ZipFile": archive.getvalue()}, Tags={"team": "a"})
check("sha", function["CodeSha256"] == base64.b64encode(hashlib.sha256(archive.getvalue()).digest()).decode(), function)
functions.get_waiter("function_active_v2").wait(FunctionName="f")
seen = functions.get_function(FunctionName="f")
check("function", seen["Configuration"]["State"] == "Active" and seen["Configuration"]["LastUpdateStatus"] == "Successful"
      and seen["Tags"] == {"team": "a"} and "Location" in seen["Code"], seen)
for name in ("Architectures", "EphemeralStorage", "LoggingConfig", "PackageType", "TracingConfig", "SnapStart", "Timeout", "MemorySize", "Version"):
    check("function " + name, name in seen["Configuration"], seen["Configuration"])
check("versions", [v["Version"] for v in functions.list_versions_by_function(FunctionName="f")["Versions"]] == ["$LATEST"])
functions.get_function_code_signing_config(FunctionName="f")
check("function tags", functions.list_tags(Resource=seen["Configuration"]["FunctionArn"])["Tags"] == {"team": "a"})
error("no function", "ResourceNotFoundException", functions.get_function, FunctionName="none")
error("no policy", "ResourceNotFoundException", functions.get_policy, FunctionName="f")
mapping = functions.create_event_source_mapping(FunctionName="f", EventSourceArn=dead_arn)
seen = functions.get_event_source_mapping(UUID=mapping["UUID"])
for name in ("EventSourceMappingArn", "FunctionArn", "State", "BatchSize", "EventSourceArn", "StateTransitionReason"):
    check("mapping " + name, name in seen, seen)
functions.list_tags(Resource=seen["EventSourceMappingArn"])
functions.delete_event_source_mapping(UUID=mapping["UUID"])

# The end: each thing is deleted and then not found.
functions.delete_function(FunctionName="f")
sfn.delete_state_machine(stateMachineArn=machine)
firehose.delete_delivery_stream(DeliveryStreamName="d")
s3.delete_bucket(Bucket="tf-bucket")
error("bucket is gone", "404", s3.head_bucket, Bucket="tf-bucket")
kinesis.delete_stream(StreamName="s", EnforceConsumerDeletion=True)
sns.delete_topic(TopicArn=topic)
error("topic is gone", "NotFound", sns.get_topic_attributes, TopicArn=topic)
for url in (main, dead, fifo):
    sqs.delete_queue(QueueUrl=url)
try:
    sqs.get_queue_attributes(QueueUrl=main, AttributeNames=["All"])
    failures.append("queue is there still")
except ClientError as e:
    check("queue is gone", e.response["Error"]["Code"] in ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")
          and e.response["Error"].get("QueryErrorCode", "AWS.SimpleQueueService.NonExistentQueue").endswith("NonExistentQueue")
          or "QueueDoesNotExist" == e.response["Error"].get("QueryErrorCode"), e.response["Error"])
idp.delete_user_pool_domain(Domain="tf-domain", UserPoolId=pool)
idp.delete_user_pool(UserPoolId=pool)
error("pool is gone", "ResourceNotFoundException", idp.describe_user_pool, UserPoolId=pool)
identity.delete_identity_pool(IdentityPoolId=pool_id)
iam.detach_role_policy(RoleName="r", PolicyArn=managed)
iam.delete_role_policy(RoleName="r", PolicyName="inline")
iam.delete_policy(PolicyArn=managed)
iam.delete_role(RoleName="r")
error("role is gone", "NoSuchEntity", iam.get_role, RoleName="r")

print("\n".join(failures) or "all reads are as the provider needs them")
sys.exit(1 if failures else 0)
