package io.pileus.it.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.sqs.javamessaging.ProviderConfiguration;
import com.amazon.sqs.javamessaging.SQSConnection;
import com.amazon.sqs.javamessaging.SQSConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The Amazon SQS Java Messaging Library: JMS on SQS. */
class SqsJmsTest {
    @Test
    void aTextMessageTravelsWithItsProperties() throws Exception {
        try (SqsServer server = SqsServer.withTimeFasterBy(20);
                SqsClient sqs = server.client()) {
            sqs.createQueue(
                    q -> q.queueName("orders").attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "3600")));
            SQSConnection connection = new SQSConnectionFactory(new ProviderConfiguration(), sqs).createConnection();
            try {
                Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue("orders"));
                TextMessage sent = session.createTextMessage("hello");
                sent.setStringProperty("colour", "red");
                sent.setIntProperty("weight", 12);
                producer.send(sent);

                MessageConsumer consumer = session.createConsumer(session.createQueue("orders"));
                connection.start();
                Message received = consumer.receive(10_000);

                assertThat(((TextMessage) received).getText()).isEqualTo("hello");
                assertThat(received.getStringProperty("colour")).isEqualTo("red");
                assertThat(received.getIntProperty("weight")).isEqualTo(12);
                assertThat(received.getJMSMessageID()).isEqualTo(sent.getJMSMessageID());
                received.acknowledge();
                String queue = sqs.getQueueUrl(u -> u.queueName("orders")).queueUrl();
                assertThat(sqs.getQueueAttributes(a -> a.queueUrl(queue).attributeNamesWithStrings("All"))
                                .attributesAsStrings())
                        .containsEntry("ApproximateNumberOfMessages", "0")
                        .containsEntry("ApproximateNumberOfMessagesNotVisible", "0");
            } finally {
                connection.close();
            }
        }
    }
}
