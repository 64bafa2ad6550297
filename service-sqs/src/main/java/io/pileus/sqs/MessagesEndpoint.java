package io.pileus.sqs;

import io.pileus.core.service.HttpRoute;
import java.util.List;

/** stub */
final class MessagesEndpoint {
    MessagesEndpoint(AllQueues queues) {}

    List<HttpRoute> routes() {
        return List.of();
    }
}
