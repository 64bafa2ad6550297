package io.pileus.sqs;

import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.sqs.model.*;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueOperationsTest {
    private final Sqs sqs = Sqs.fresh();

    @Test
    void aQueueUrlHasTheHostTheCallerUsed() {
        assertThat(sqs.queue("orders")).isEqualTo("http://localhost:4566/000000000000/orders");
    }

    @Test
    void aNewQueueHasAwssDefaults() {
        String queue = sqs.queue("orders");

        assertThat(sqs.attributes(queue, "All"))
                .isEqualTo(Map.ofEntries(
                        Map.entry("QueueArn", "arn:aws:sqs:us-east-1:000000000000:orders"),
                        Map.entry("ApproximateNumberOfMessages", "0"),
                        Map.entry("ApproximateNumberOfMessagesNotVisible", "0"),
                        Map.entry("ApproximateNumberOfMessagesDelayed", "0"),
                        Map.entry("CreatedTimestamp", "1767225600"),
                        Map.entry("LastModifiedTimestamp", "1767225600"),
                        Map.entry("VisibilityTimeout", "30"),
                        Map.entry("MaximumMessageSize", "1048576"),
                        Map.entry("MessageRetentionPeriod", "345600"),
                        Map.entry("DelaySeconds", "0"),
                        Map.entry("ReceiveMessageWaitTimeSeconds", "0"),
                        Map.entry("SqsManagedSseEnabled", "true")));
        assertThat(sqs.attributes(queue)).isEmpty();
    }

    @Test
    void aNewFifoQueueTellsItsSettings() {
        assertThat(sqs.attributes(sqs.fifo("orders.fifo"), "All"))
                .containsEntry("FifoQueue", "true")
                .containsEntry("ContentBasedDeduplication", "false")
                .containsEntry("DeduplicationScope", "queue")
                .containsEntry("FifoThroughputLimit", "perQueue");
    }

    @Test
    void creatingAQueueAgainWithTheSameAttributesFindsIt() {
        String queue = sqs.queue("orders", "VisibilityTimeout", "60");
        sqs.send(queue, "hello");

        assertThat(sqs.queue("orders", "VisibilityTimeout", "60")).isEqualTo(queue);
        assertThat(sqs.queue("orders")).isEqualTo(queue);
        assertThat(sqs.receiveBodies(queue)).containsExactly("hello");
    }

    @Test
    void creatingAQueueAgainWithOtherAttributesIsRefused() {
        sqs.queue("orders", "VisibilityTimeout", "60");

        assertThat(refusal(() -> sqs.queue("orders", "VisibilityTimeout", "61")))
                .isEqualTo(
                        "QueueAlreadyExists: A queue already exists with the same name and a different value for attribute"
                                + " VisibilityTimeout");
        assertThat(Sqs.errorOf(() -> sqs.queue("orders", "DelaySeconds", "1")).code())
                .isEqualTo("QueueNameExists");
    }

    @Test
    void namesHaveRules() {
        String rule =
                "InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in"
                        + " length";
        assertThat(refusal(() -> sqs.queue("no spaces"))).isEqualTo(rule);
        assertThat(refusal(() -> sqs.queue("a".repeat(81)))).isEqualTo(rule);
        assertThat(refusal(() -> sqs.queue("orders.fifo"))).isEqualTo(rule);
        assertThat(refusal(() -> sqs.queue("")))
                .isEqualTo("MissingParameter: The request must contain the parameter QueueName.");
        assertThat(refusal(() -> sqs.fifo("orders")))
                .isEqualTo(
                        "InvalidParameterValue: The name of a FIFO queue can only include alphanumeric characters, hyphens,"
                                + " or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        sqs.queue("a".repeat(80));
        sqs.fifo("a".repeat(75) + ".fifo");
    }

    @Test
    void attributesHaveRanges() {
        for (String[] bad : new String[][] {
            {"VisibilityTimeout", "43201"},
            {"VisibilityTimeout", "-1"},
            {"VisibilityTimeout", "abc"},
            {"VisibilityTimeout", "99999999999"},
            {"VisibilityTimeout", ""},
            {"DelaySeconds", "901"},
            {"MaximumMessageSize", "1023"},
            {"MaximumMessageSize", "1048577"},
            {"MessageRetentionPeriod", "59"},
            {"MessageRetentionPeriod", "1209601"},
            {"ReceiveMessageWaitTimeSeconds", "21"},
            {"SqsManagedSseEnabled", "maybe"},
            {"Policy", "{not json"},
        }) {
            assertThat(refusal(() -> sqs.queue("q", bad)))
                    .isEqualTo("InvalidAttributeValue: Invalid value for the parameter " + bad[0] + ".");
        }
    }

    @Test
    void unknownAndReadOnlyAttributesAreRefused() {
        assertThat(refusal(() -> sqs.queue("q", "Nonsense", "1")))
                .isEqualTo("InvalidAttributeName: Unknown Attribute Nonsense.");
        assertThat(refusal(() -> sqs.queue("q", "QueueArn", "x")))
                .isEqualTo("InvalidAttributeName: Unknown Attribute QueueArn.");
        assertThat(refusal(() -> sqs.queue("q", "FifoQueue", "false")))
                .isEqualTo("InvalidAttributeName: Unknown Attribute FifoQueue.");
        assertThat(refusal(() -> sqs.queue("q", "ContentBasedDeduplication", "true")))
                .isEqualTo("InvalidAttributeName: Unknown Attribute ContentBasedDeduplication.");
        String queue = sqs.queue("q");
        assertThat(refusal(() -> sqs.attributes(queue, "Nonsense")))
                .isEqualTo("InvalidAttributeName: Unknown Attribute Nonsense.");
    }

    @Test
    void highThroughputNeedsDeduplicationWithinGroups() {
        assertThat(Sqs.errorOf(() -> sqs.fifo("q.fifo", "FifoThroughputLimit", "perMessageGroupId"))
                        .code())
                .isEqualTo("InvalidAttributeValue");
        String queue =
                sqs.fifo("q.fifo", "FifoThroughputLimit", "perMessageGroupId", "DeduplicationScope", "messageGroup");
        assertThat(Sqs.errorOf(() -> sqs.set(queue, "DeduplicationScope", "queue"))
                        .code())
                .isEqualTo("InvalidAttributeValue");
    }

    @Test
    void aKmsKeyReplacesTheManagedEncryption() {
        String queue = sqs.queue("q", "KmsMasterKeyId", "alias/aws/sqs");

        assertThat(sqs.attributes(queue, "All"))
                .containsEntry("KmsMasterKeyId", "alias/aws/sqs")
                .containsEntry("KmsDataKeyReusePeriodSeconds", "300")
                .containsEntry("SqsManagedSseEnabled", "false");
        sqs.set(queue, "SqsManagedSseEnabled", "true");
        assertThat(sqs.attributes(queue, "All")).doesNotContainKeys("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds");
        assertThat(refusal(() -> sqs.set(queue, "SqsManagedSseEnabled", "true", "KmsMasterKeyId", "k")))
                .startsWith("InvalidAttributeValue: You can use one type of server-side encryption (SSE) at one time.");
    }

    @Test
    void settingAttributesChangesTheModificationTime() {
        String queue = sqs.queue("q");
        sqs.advance(5);
        sqs.set(queue, "VisibilityTimeout", "7");

        assertThat(sqs.attributes(queue, "VisibilityTimeout", "CreatedTimestamp", "LastModifiedTimestamp"))
                .isEqualTo(Map.of(
                        "VisibilityTimeout", "7",
                        "CreatedTimestamp", "1767225600",
                        "LastModifiedTimestamp", "1767225605"));
    }

    @Test
    void queuesOfAnAccountAndRegionAreListedByNameAndPrefix() {
        sqs.queue("b2");
        sqs.queue("b1");
        sqs.queue("a");
        CallContext elsewhere = TestCalls.callIn(sqs.env, "eu-west-1");
        sqs.service.createQueue(CreateQueueRequest.builder().queueName("b3").build(), elsewhere);

        assertThat(list(ListQueuesRequest.builder().build()).queueUrls())
                .containsExactly(url("a"), url("b1"), url("b2"));
        assertThat(list(ListQueuesRequest.builder().queueNamePrefix("b").build())
                        .queueUrls())
                .containsExactly(url("b1"), url("b2"));
        assertThat(list(ListQueuesRequest.builder().queueNamePrefix("x").build())
                        .hasQueueUrls())
                .isFalse();
    }

    @Test
    void listingsHavePagesWhereTheCallerWantsThem() {
        for (int i = 0; i < 5; i++) {
            sqs.queue("q" + i);
        }
        sqs.queue("other");

        ListQueuesResult first = list(
                ListQueuesRequest.builder().queueNamePrefix("q").maxResults(3).build());
        ListQueuesResult second = list(ListQueuesRequest.builder()
                .queueNamePrefix("q")
                .maxResults(3)
                .nextToken(first.nextToken())
                .build());

        assertThat(first.queueUrls()).containsExactly(url("q0"), url("q1"), url("q2"));
        assertThat(second.queueUrls()).containsExactly(url("q3"), url("q4"));
        assertThat(second.nextToken()).isNull();
        assertThat(list(ListQueuesRequest.builder().build()).nextToken()).isNull();
        assertThat(refusal(
                        () -> list(ListQueuesRequest.builder().maxResults(1001).build())))
                .startsWith("InvalidParameterValue");
    }

    private ListQueuesResult list(ListQueuesRequest request) {
        return sqs.service.listQueues(request, sqs.call());
    }

    private static String url(String name) {
        return "http://localhost:4566/000000000000/" + name;
    }

    @Test
    void aQueueIsFoundByNameAndOwner() {
        String queue = sqs.queue("orders");
        CallContext other = TestCalls.callOf(sqs.env, "111111111111");

        assertThat(sqs.service
                        .getQueueUrl(
                                GetQueueUrlRequest.builder()
                                        .queueName("orders")
                                        .queueOwnerAWSAccountId("000000000000")
                                        .build(),
                                other)
                        .queueUrl())
                .isEqualTo(queue);
        assertThat(refusal(() -> sqs.service.getQueueUrl(
                        GetQueueUrlRequest.builder().queueName("orders").build(), other)))
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
    }

    @Test
    void queuesAreReachedUnderAnyHost() {
        String queue = sqs.queue("orders");
        sqs.send(queue, "hello");
        for (String url : List.of(
                "http://localstack:4566/000000000000/orders",
                "http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/orders",
                "http://queue.localhost.localstack.cloud:4566/000000000000/orders",
                "http://localhost:4566/queue/us-east-1/000000000000/orders",
                "https://sqs.us-east-1.amazonaws.com/000000000000/orders",
                "http://localhost:4566/000000000000/orders/",
                "orders")) {
            assertThat(sqs.counts(url)).as(url).startsWith("1 visible");
        }
        assertThat(Sqs.errorOf(() -> sqs.counts("http://sqs.eu-west-1.amazonaws.com/000000000000/orders"))
                        .code())
                .isEqualTo("QueueDoesNotExist");
        assertThat(Sqs.errorOf(() -> sqs.counts("http://eu-west-1.queue.localhost/000000000000/orders"))
                        .code())
                .isEqualTo("QueueDoesNotExist");
    }

    @Test
    void aUrlThatNamesNoQueueIsRefused() {
        assertThat(refusal(() -> sqs.counts("http://localhost:4566/")))
                .isEqualTo("InvalidAddress: The address http://localhost:4566/ is not valid for this endpoint.");
        assertThat(Sqs.errorOf(() -> sqs.counts("http://localhost:4566/")).httpStatus())
                .isEqualTo(404);
        assertThat(refusal(() -> sqs.counts("")))
                .isEqualTo("MissingParameter: The request must contain the parameter QueueUrl.");
    }

    @Test
    void urlsFollowTheEndpointStrategyWhereOneIsSet() {
        assertThat(strategy("standard"))
                .isEqualTo("http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/q");
        assertThat(strategy("domain")).isEqualTo("http://queue.localhost.localstack.cloud:4566/000000000000/q");
        assertThat(strategy("path")).isEqualTo("http://localhost.localstack.cloud:4566/queue/us-east-1/000000000000/q");
        assertThat(strategy("dynamic")).isEqualTo("http://localhost:4566/000000000000/q");
        assertThat(strategy("off")).isEqualTo("http://localhost:4566/000000000000/q");
        assertThat(Sqs.with("SQS_ENDPOINT_STRATEGY", "standard", "LOCALSTACK_HOST", "emulator:80")
                        .queue("q"))
                .isEqualTo("http://sqs.us-east-1.emulator:80/000000000000/q");
    }

    private static String strategy(String strategy) {
        return Sqs.with("SQS_ENDPOINT_STRATEGY", strategy).queue("q");
    }

    @Test
    void aDeletedQueueIsGone() {
        String queue = sqs.queue("orders");
        sqs.deleteQueue(queue);

        assertThat(refusal(() -> sqs.send(queue, "m")))
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
        assertThat(refusal(() -> sqs.deleteQueue(queue))).contains("NonExistentQueue");
        sqs.queue("orders");
        assertThat(sqs.counts(queue)).startsWith("0 visible");
    }

    @Test
    void theSixtySecondsAfterADeletionAreKeptWhereTheSettingSaysSo() {
        Sqs strict = Sqs.with("SQS_DELAY_RECENTLY_DELETED", "1");
        strict.deleteQueue(strict.queue("orders"));

        assertThat(refusal(() -> strict.queue("orders")))
                .isEqualTo(
                        "AWS.SimpleQueueService.QueueDeletedRecently: You must wait 60 seconds after deleting a queue"
                                + " before you can create another with the same name.");
        strict.advance(60);
        strict.queue("orders");
    }

    @Test
    void theSixtySecondsAfterAPurgeAreKeptWhereTheSettingSaysSo() {
        Sqs strict = Sqs.with("SQS_DELAY_PURGE_RETRY", "1");
        String queue = strict.queue("orders");
        strict.purge(queue);

        assertThat(refusal(() -> strict.purge(queue)))
                .isEqualTo(
                        "AWS.SimpleQueueService.PurgeQueueInProgress: Only one PurgeQueue operation on orders is allowed"
                                + " every 60 seconds.");
        assertThat(Sqs.errorOf(() -> strict.purge(queue)).httpStatus()).isEqualTo(403);
        strict.advance(60);
        strict.purge(queue);
    }

    @Test
    void tagsAreKept() {
        String queue = sqs.service
                .createQueue(
                        CreateQueueRequest.builder()
                                .queueName("q")
                                .tags(Map.of("team", "a"))
                                .build(),
                        sqs.call())
                .queueUrl();
        sqs.service.tagQueue(
                TagQueueRequest.builder()
                        .queueUrl(queue)
                        .tags(Map.of("team", "b", "cost", ""))
                        .build(),
                sqs.call());
        assertThat(tags(queue)).isEqualTo(Map.of("team", "b", "cost", ""));

        sqs.service.untagQueue(
                UntagQueueRequest.builder()
                        .queueUrl(queue)
                        .tagKeys(List.of("team", "none"))
                        .build(),
                sqs.call());
        assertThat(tags(queue)).isEqualTo(Map.of("cost", ""));
        assertThat(refusal(() -> sqs.service.tagQueue(
                        TagQueueRequest.builder()
                                .queueUrl(queue)
                                .tags(Map.of("aws:x", "1"))
                                .build(),
                        sqs.call())))
                .startsWith("InvalidParameterValue");
    }

    private Map<String, String> tags(String queue) {
        return sqs.service
                .listQueueTags(ListQueueTagsRequest.builder().queueUrl(queue).build(), sqs.call())
                .tags();
    }

    @Test
    void permissionsBecomeStatementsOfThePolicy() {
        String queue = sqs.queue("q");
        permit(queue, "alice", List.of("111111111111"), List.of("SendMessage"));

        assertThat(sqs.attribute(queue, "Policy"))
                .isEqualTo(
                        "{\"Version\":\"2008-10-17\",\"Id\":\"arn:aws:sqs:us-east-1:000000000000:q/SQSDefaultPolicy\","
                                + "\"Statement\":[{\"Sid\":\"alice\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                                + "\"arn:aws:iam::111111111111:root\"},\"Action\":\"SQS:SendMessage\",\"Resource\":"
                                + "\"arn:aws:sqs:us-east-1:000000000000:q\"}]}");
        assertThat(refusal(() -> permit(queue, "alice", List.of("111111111111"), List.of("*"))))
                .isEqualTo(
                        "InvalidParameterValue: Value alice for parameter Label is invalid. Reason: Already exists.");
        unpermit(queue, "alice");
        assertThat(sqs.attributes(queue, "All")).doesNotContainKey("Policy");
        assertThat(refusal(() -> unpermit(queue, "alice")))
                .isEqualTo(
                        "InvalidParameterValue: Value alice for parameter Label is invalid. Reason: can't find label.");
    }

    @Test
    void aPermissionJoinsAStatementThatStandsAlone() {
        String queue = sqs.queue("q");
        sqs.set(queue, "Policy", "{\"Statement\":" + statement("mine") + "}");

        permit(queue, "alice", List.of("111111111111"), List.of("SendMessage"));
        assertThat(sqs.attribute(queue, "Policy"))
                .startsWith("{\"Statement\":[{\"Sid\":\"mine\",")
                .contains("\"Sid\":\"alice\"");

        unpermit(queue, "mine");
        unpermit(queue, "alice");
        assertThat(sqs.attributes(queue, "All")).doesNotContainKey("Policy");
    }

    private static String statement(String sid) {
        return "{\"Sid\":\"" + sid
                + "\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}";
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        String queue = sqs.queue("q");
        List<String> malformed = List.of(
                "{}",
                "[]",
                "{\"Statement\":[]}", // seen in cloud-custodian issue 1816
                "{\"Statement\":[{\"Effect\":\"Allow\"}]}",
                "{\"Statement\":" + statement("a").replace("Allow", "Permit") + "}");
        for (String policy : malformed) {
            assertThat(refusal(() -> sqs.set(queue, "Policy", policy)))
                    .as(policy)
                    .isEqualTo("InvalidAttributeValue: Invalid value for the parameter Policy.");
        }
        String statements = java.util.stream.IntStream.range(0, 21)
                .mapToObj(i -> statement("s" + i))
                .collect(java.util.stream.Collectors.joining(","));
        assertThat(refusal(() -> sqs.set(queue, "Policy", "{\"Statement\":[" + statements + "]}")))
                .isEqualTo("OverLimit: 21 statements were found in the submitted policy, max allowed is 20");
        assertThat(refusal(() -> sqs.set(queue, "Policy", "{\"Statement\":" + statement("a".repeat(8_192)) + "}")))
                .isEqualTo("OverLimit: Submitted policy is over max allowed size.");
    }

    @Test
    void aQueueOfAnotherAccountThatIsNotThereIsOutOfReach() {
        sqs.queue("q");
        GetQueueUrlRequest.Builder request = GetQueueUrlRequest.builder().queueName("q");
        assertThat(refusal(() -> sqs.service.getQueueUrl(
                        request.queueOwnerAWSAccountId("111111111111").build(), sqs.call())))
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist or you do not"
                        + " have access to it.");
    }

    @Test
    void whatOnlyTheOwnerMayDoNoPolicyGrantsToAnotherAccount() {
        Sqs strict = Sqs.with("ENFORCE_IAM", "1");
        String queue = strict.queue("q", "Policy", "{\"Statement\":" + statement("a") + "}");
        DeleteQueueRequest request =
                DeleteQueueRequest.builder().queueUrl(queue).build();

        assertThat(refusal(() -> strict.service.deleteQueue(request, TestCalls.callOf(strict.env, "111111111111"))))
                .isEqualTo("AccessDenied: User: arn:aws:iam::111111111111:root is not authorized to perform:"
                        + " sqs:deletequeue on resource: arn:aws:sqs:us-east-1:000000000000:q because no resource-based"
                        + " policy allows the sqs:deletequeue action");
        strict.deleteQueue(queue);

        String open = sqs.queue("q");
        sqs.service.deleteQueue(
                DeleteQueueRequest.builder().queueUrl(open).build(), TestCalls.callOf(sqs.env, "111111111111"));
    }

    @Test
    void noneOfManyTagsIsLostThatAreSetAtOnce() {
        String queue = sqs.queue("q");
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 40; i++) {
                String key = "k" + i;
                threads.execute(() -> sqs.service.tagQueue(
                        TagQueueRequest.builder()
                                .queueUrl(queue)
                                .tags(Map.of(key, "v"))
                                .build(),
                        sqs.call()));
            }
        }
        assertThat(tags(queue)).hasSize(40);
    }

    @Test
    void permissionsAreChecked() {
        String queue = sqs.queue("q");
        assertThat(refusal(() -> permit(queue, "l", List.of("nobody"), List.of("*"))))
                .isEqualTo(
                        "InvalidParameterValue: Value [nobody] for parameter PrincipalId is invalid. Reason: Unable to"
                                + " verify principal.");
        assertThat(refusal(() -> permit(queue, "l", List.of("111111111111"), List.of("CreateQueue"))))
                .contains("Only the queue owner is allowed to invoke this action.");
        assertThat(Sqs.errorOf(() -> permit(
                                queue, "l", List.of("111111111111"), java.util.Collections.nCopies(8, "SendMessage")))
                        .code())
                .isEqualTo("OverLimit");
    }

    private void permit(String queue, String label, List<String> accounts, List<String> actions) {
        sqs.service.addPermission(
                AddPermissionRequest.builder()
                        .queueUrl(queue)
                        .label(label)
                        .awsAccountIds(accounts)
                        .actions(actions)
                        .build(),
                sqs.call());
    }

    private void unpermit(String queue, String label) {
        sqs.service.removePermission(
                RemovePermissionRequest.builder().queueUrl(queue).label(label).build(), sqs.call());
    }
}
