package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedTasksOverHttpTest {
    private final Workflows workflows = new Workflows();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        workflows.close();
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        URI uri = URI.create(
                workflows.pileus.endpoint() + "/_pileus/stepfunctions/" + Workflows.ACCOUNT + "/machine0/" + path);
        return http.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aTestSaysWhatATaskGivesAndSeesWhatItWasGiven() throws Exception {
        HttpResponse<String> scripted = send(
                "T/script",
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString("[{\"Return\":{\"Item\":{\"n\":1}}}]")));
        String execution = workflows.run(
                Workflows.task(
                        "arn:aws:states:::dynamodb:getItem", "\"Parameters\":{\"TableName\":\"t\",\"Key\":{\"id\":7}}"),
                "{}");

        assertThat(scripted.statusCode()).isEqualTo(200);
        assertThat(workflows.output(execution)).isEqualTo(Workflows.json("{\"Item\":{\"n\":1}}"));
        assertThat(Workflows.json(send("T/invocations", HttpRequest.newBuilder().GET())
                                .body())
                        .at("/invocations/0/Key/id")
                        .intValue())
                .isEqualTo(7);
    }

    @Test
    void aBrokenScriptIsRefused() throws Exception {
        assertThat(send("T/script", HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("[{}]")))
                        .statusCode())
                .isEqualTo(400);
    }
}
