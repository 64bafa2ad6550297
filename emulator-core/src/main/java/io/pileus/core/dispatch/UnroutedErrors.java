package io.pileus.core.dispatch;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.WireProtocol;

/** Errors in AWS's shapes where no service is known that could say how it writes them. */
final class UnroutedErrors {
    private UnroutedErrors() {}

    static HttpResponse write(AwsException error, WireProtocol protocol, String requestId) {
        return switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON_1, RPC_V2_CBOR, AWS_CBOR_1_1 ->
                HttpResponse.of(
                                error.httpStatus(),
                                protocol == WireProtocol.AWS_JSON_1_1
                                        ? "application/x-amz-json-1.1"
                                        : "application/x-amz-json-1.0",
                                "{\"__type\":\"" + json(error.code()) + "\",\"message\":\"" + json(error.getMessage())
                                        + "\"}")
                        .with("x-amzn-ErrorType", error.code());
            case AWS_QUERY, REST_XML ->
                HttpResponse.of(
                        error.httpStatus(),
                        "text/xml",
                        "<?xml version=\"1.0\"?><ErrorResponse><Error><Type>"
                                + (error.senderFault() ? "Sender" : "Receiver") + "</Type><Code>" + xml(error.code())
                                + "</Code><Message>" + xml(error.getMessage()) + "</Message></Error><RequestId>"
                                + xml(requestId) + "</RequestId></ErrorResponse>");
        };
    }

    private static String json(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String xml(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' || c == 0xFFFE || c == 0xFFFF ? '?' : c);
            }
        }
        return escaped.toString();
    }
}
