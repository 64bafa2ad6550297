package io.pileus.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.Arn;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.sqs.model.Message;
import io.pileus.sqs.model.MessageAttributeValue;
import io.pileus.sqs.model.ReceiveMessageResult;
import io.pileus.sqs.state.JsonText;
import io.pileus.sqs.state.MessageState;
import io.pileus.sqs.state.PeekedMessage;
import io.pileus.sqs.state.Queue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code /_aws/sqs/messages}: the messages of a queue, seen without receiving them, in the form of a ReceiveMessage answer.
 * LocalStack's developer endpoint, so that an SDK client with this endpoint works, too: it answers in JSON 1.0 to a client that
 * speaks it, in plain JSON where {@code Accept} says so, and in XML otherwise.
 */
final class MessagesEndpoint {
    private static final String PATH = "/_aws/sqs/messages";
    private static final String HANDLE = "SQS/BACKDOOR/ACCESS";

    private final AllQueues queues;
    private final ServiceApi api;
    private final Operation receiveMessage;

    MessagesEndpoint(AllQueues queues, ServiceApi api) {
        this.queues = queues;
        this.api = api;
        Operation operation = api.operation("ReceiveMessage");
        if (operation == null) {
            throw new IllegalStateException("SQS has no ReceiveMessage");
        }
        this.receiveMessage = operation;
    }

    List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Set.of("GET", "HEAD", "POST"), PATH, this::byParameters),
                HttpRoute.get(PATH + "/{region}/{account}/{queue}", this::byPath));
    }

    private CompletionStage<HttpResponse> byParameters(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        return answer(request, call, () -> {
            Map<String, String> asked = parametersOf(request);
            if (!asked.getOrDefault("Action", "ReceiveMessage").equals("ReceiveMessage")) {
                throw SqsErrors.onlyReceiveMessage();
            }
            String queueUrl = asked.getOrDefault("QueueUrl", "");
            if (queueUrl.isEmpty()) {
                throw SqsErrors.missingParameter("QueueUrl");
            }
            if (queueUrl.indexOf('/') < 0 || QueueUrl.parse(queueUrl).isEmpty()) {
                throw SqsErrors.invalidAddress("https://queue.amazonaws.com/");
            }
            return peek(queues.required(queueUrl, call), asked, call);
        });
    }

    private CompletionStage<HttpResponse> byPath(HttpRequest request, Map<String, String> labels, CallContext call) {
        return answer(request, call, () -> {
            Queue queue = Arn.parse(String.join(
                            ":", "arn:aws:sqs", labels.get("region"), labels.get("account"), labels.get("queue")))
                    .flatMap(queues::find)
                    .orElseThrow(SqsErrors::queueDoesNotExist);
            return peek(queue, parametersOf(request), call);
        });
    }

    private ReceiveMessageResult peek(Queue queue, Map<String, String> asked, CallContext call) {
        boolean showInvisible = isTrue(asked.get("ShowInvisible"));
        boolean showDelayed = isTrue(asked.get("ShowDelayed"));
        List<Message> shown = new ArrayList<>();
        for (PeekedMessage peeked : queue.peek(call.receivedAt().toEpochMilli())) {
            boolean wanted = switch (peeked.state()) {
                case MessageState.Visible visible -> true;
                case MessageState.InFlight inFlight -> showInvisible;
                case MessageState.Delayed delayed -> showDelayed;
            };
            if (wanted) {
                shown.add(ReceivedMessageView.EVERYTHING.message(
                        peeked.message(),
                        HANDLE,
                        peeked.receiveCount(),
                        peeked.firstReceivedAtMillis(),
                        stateOf(peeked, showInvisible, showDelayed)));
            }
        }
        return ReceiveMessageResult.builder()
                .messages(shown.isEmpty() ? null : shown)
                .build();
    }

    private static Map<String, String> stateOf(PeekedMessage peeked, boolean showInvisible, boolean showDelayed) {
        Map<String, String> state = new LinkedHashMap<>();
        if (showInvisible) {
            state.put("IsVisible", Boolean.toString(!(peeked.state() instanceof MessageState.InFlight)));
        }
        if (showDelayed) {
            state.put("IsDelayed", Boolean.toString(peeked.state() instanceof MessageState.Delayed));
        }
        return state;
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && (text.equalsIgnoreCase("true") || text.equals("1"));
    }

    private interface Look {
        ReceiveMessageResult look();
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, CallContext call, Look look) {
        boolean json = speaksJson(request);
        Protocol protocol = Protocols.of(json ? WireProtocol.AWS_JSON_1_0 : WireProtocol.AWS_QUERY);
        HttpResponse response;
        try {
            ReceiveMessageResult result = look.look();
            response = !json && wantsJson(request)
                    ? HttpResponse.json(200, JsonText.print(plainJson(result, call.requestId())))
                    : protocol.writeOutput(api, receiveMessage, result, call.requestId());
        } catch (AwsException e) {
            response = !json && wantsJson(request)
                    ? HttpResponse.json(e.queryStatus(), JsonText.print(plainJson(e, call.requestId())))
                    : protocol.writeError(api, receiveMessage, e, call.requestId(), request);
        }
        return CompletableFuture.completedFuture(response);
    }

    private static boolean speaksJson(HttpRequest request) {
        return request.mediaType().equals("application/x-amz-json-1.0");
    }

    private static boolean wantsJson(HttpRequest request) {
        String accept = request.header("accept");
        return accept != null && accept.contains("application/json");
    }

    /** The parameters of the query string, a form, or a JSON document; of the operation in X-Amz-Target, too. */
    private static Map<String, String> parametersOf(HttpRequest request) {
        Map<String, String> parameters = new HashMap<>();
        addForm(request.query(), parameters);
        if (!request.method().equals("POST")) {
            return parameters;
        }
        String body = new String(request.body().bytes(), StandardCharsets.UTF_8);
        if (speaksJson(request)) {
            JsonText.object(body)
                    .ifPresent(document -> document.properties()
                            .forEach(member -> parameters.put(
                                    member.getKey(), member.getValue().asText())));
            String target = request.header("x-amz-target");
            if (target != null) {
                parameters.put("Action", target.substring(target.lastIndexOf('.') + 1));
            }
        } else {
            addForm(body, parameters);
        }
        return parameters;
    }

    private static void addForm(String form, Map<String, String> parameters) {
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                } catch (IllegalArgumentException e) {
                    throw SqsErrors.invalidParameterValue("The query string is malformed."); // words ours
                }
            }
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode plainJson(AwsException failure, String requestId) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode response = document.putObject("ErrorResponse");
        response.putObject("Error")
                .put("Type", failure.senderFault() ? "Sender" : "Receiver")
                .put("Code", failure.queryCode())
                .put("Message", failure.getMessage())
                .putNull("Detail");
        response.put("RequestId", requestId);
        return document;
    }

    /** The XML answer's elements as JSON, lists as arrays. */
    private static JsonNode plainJson(ReceiveMessageResult result, String requestId) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode response = document.putObject("ReceiveMessageResponse");
        ArrayNode messages = response.putObject("ReceiveMessageResult").putArray("Message");
        for (Message message : result.messages()) {
            ObjectNode shown = messages.addObject()
                    .put("MessageId", message.messageId())
                    .put("ReceiptHandle", message.receiptHandle())
                    .put("MD5OfBody", message.md5OfBody())
                    .put("Body", message.body());
            ArrayNode attributes = shown.putArray("Attribute");
            message.attributes()
                    .forEach((name, value) ->
                            attributes.addObject().put("Name", name).put("Value", value));
            if (message.hasMessageAttributes()) {
                shown.put("MD5OfMessageAttributes", message.md5OfMessageAttributes());
                ArrayNode own = shown.putArray("MessageAttribute");
                message.messageAttributes().forEach((name, value) -> addAttribute(own, name, value));
            }
        }
        response.putObject("ResponseMetadata").put("RequestId", requestId);
        return document;
    }

    private static void addAttribute(ArrayNode attributes, String name, MessageAttributeValue attribute) {
        ObjectNode value =
                attributes.addObject().put("Name", name).putObject("Value").put("DataType", attribute.dataType());
        if (attribute.binaryValue() != null) {
            value.put("BinaryValue", attribute.binaryValue().base64());
        } else {
            value.put("StringValue", attribute.stringValue());
        }
    }
}
