package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;

class HttpTaskTest {
    private static final String CONNECTION = "arn:aws:events:us-east-1:111111111111:connection/api/1";

    private final Workflows workflows = new Workflows();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("X-Kind") + " " + body);
            int status = exchange.getRequestURI().getPath().equals("/missing") ? 404 : 200;
            byte[] answer = "{\"answer\":42}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        workflows.close();
    }

    private StartSyncExecutionResponse call(String path, String fields) {
        return workflows.runSync(
                Workflows.task("arn:aws:states:::http:invoke", """
                        "Parameters":{"ApiEndpoint":"http://127.0.0.1:%d%s","Method":"POST",
                         "Authentication":{"ConnectionArn":"%s"},%s}""".formatted(
                                receiver.getAddress().getPort(), path, CONNECTION, fields)),
                "{}");
    }

    @Test
    void anEndpointIsCalledAndItsAnswerIsTheResult() {
        JsonNode output = Workflows.output(call(
                "/orders",
                "\"Headers\":{\"X-Kind\":\"order\"},\"QueryParameters\":{\"a\":\"1\",\"b\":[\"2\",\"3\"]},"
                        + "\"RequestBody\":{\"id\":7}"));

        assertThat(requests).containsExactly("POST /orders?a=1&b=2&b=3 application/json order {\"id\":7}");
        assertThat(output.get("StatusCode").intValue()).isEqualTo(200);
        assertThat(output.get("StatusText").textValue()).isEqualTo("OK");
        assertThat(output.get("ResponseBody")).isEqualTo(Workflows.json("{\"answer\":42}"));
        assertThat(output.at("/Headers/content-type/0").textValue()).isEqualTo("application/json");
    }

    @Test
    void aBodyCanBeAForm() {
        call("/form", """
                "Headers":{"content-type":"application/x-www-form-urlencoded"},
                "Transform":{"RequestBodyEncoding":"URL_ENCODED",
                 "RequestEncodingOptions":{"ArrayFormat":"BRACKETS"}},
                "RequestBody":{"name":"a b","list":["x","y"]}""");

        assertThat(requests)
                .containsExactly(
                        "POST /form application/x-www-form-urlencoded null name=a+b&list%5B%5D=x&list%5B%5D=y");
    }

    @Test
    void aTestOfTheStateShowsWhatWentOverTheWire() {
        TestStateResponse tested = workflows.sfn.testState(t -> t.roleArn(Workflows.ROLE)
                .inspectionLevel(InspectionLevel.TRACE)
                .definition("""
                        {"Type":"Task","End":true,"Resource":"arn:aws:states:::http:invoke",
                         "Parameters":{"ApiEndpoint":"http://127.0.0.1:%d/a","Method":"POST","RequestBody":{"id":7}}}""".formatted(receiver.getAddress().getPort())));

        assertThat(tested.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(tested.inspectionData().request().method()).isEqualTo("POST");
        assertThat(tested.inspectionData().request().protocol()).isEqualTo("http");
        assertThat(tested.inspectionData().request().body()).isEqualTo("{\"id\":7}");
        assertThat(tested.inspectionData().request().headers())
                .contains("User-Agent: Amazon|StepFunctions|HttpInvoke|us-east-1");
        assertThat(tested.inspectionData().response().statusCode()).isEqualTo("200");
        assertThat(tested.inspectionData().response().statusMessage()).isEqualTo("OK");
        assertThat(tested.inspectionData().response().body()).isEqualTo("{\"answer\":42}");
    }

    @Test
    void aHeaderThatIsAwsOwnIsRefused() {
        assertThat(call("/", "\"Headers\":{\"X-Amz-Date\":\"now\"}").error()).isEqualTo("States.Runtime");
        assertThat(requests).isEmpty();
    }

    @Test
    void anErrorStatusFailsTheTaskWithItsNumber() {
        StartSyncExecutionResponse failed = call("/missing", "\"RequestBody\":{}");

        assertThat(failed.error()).isEqualTo("States.Http.StatusCode.404");
        assertThat(failed.cause()).isEqualTo("{\"answer\":42}");
    }

    @Test
    void anEndpointThatDoesNotListenFailsTheTask() {
        receiver.stop(0);

        assertThat(call("/", "\"RequestBody\":{}").error()).isEqualTo("States.Http.Socket");
    }
}
