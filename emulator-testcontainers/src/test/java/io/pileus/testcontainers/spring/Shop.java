package io.pileus.testcontainers.spring;

import io.awspring.cloud.s3.S3Template;
import io.awspring.cloud.sns.core.SnsTemplate;
import io.awspring.cloud.sqs.annotation.SqsListener;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A small application as Spring Cloud AWS has them: it announces orders, listens to them, and files them. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Shop {
    static final String BUCKET = "filed-orders";

    private final SnsTemplate notifications;
    private final S3Template files;
    private final CompletableFuture<String> filed = new CompletableFuture<>();

    Shop(SnsTemplate notifications, S3Template files) {
        this.notifications = notifications;
        this.files = files;
    }

    /** Subscribes the listener's queue, which Spring has made, to the topic. */
    void open(SnsClient sns, SqsAsyncClient sqs) {
        files.createBucket(BUCKET);
        String queueUrl = sqs.getQueueUrl(q -> q.queueName("orders")).join().queueUrl();
        String queueArn = sqs.getQueueAttributes(q -> q.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .join()
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String topicArn = sns.createTopic(t -> t.name("announcements")).topicArn();
        sns.subscribe(s -> s.topicArn(topicArn)
                .protocol("sqs")
                .endpoint(queueArn)
                .attributes(java.util.Map.of("RawMessageDelivery", "true")));
    }

    void announce(String order) {
        notifications.sendNotification("announcements", order, "an order");
    }

    @SqsListener("orders")
    void file(String order) {
        files.store(BUCKET, "latest.json", order);
        filed.complete(order);
    }

    /** The first order that was filed. */
    CompletableFuture<String> filed() {
        return filed;
    }
}
