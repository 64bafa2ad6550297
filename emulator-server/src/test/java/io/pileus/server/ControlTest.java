package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.service.HttpRoute;
import io.pileus.server.Http.Answer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be done to a running server under {@code /_pileus}. */
class ControlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Pileus pileus;

    @BeforeEach
    void start() throws IOException {
        pileus = Pileus.builder()
                .port(0)
                .seed(1)
                .clock(ClockSetting.MANUAL)
                .setting("DEBUG", "1")
                .setting("ENABLE_CONFIG_UPDATES", "1")
                .start();
    }

    @AfterEach
    void end() {
        pileus.close();
    }

    private static JsonNode json(Answer answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private Answer sqs(String operation, String body) throws IOException {
        return Http.call(pileus, "AmazonSQS." + operation, body);
    }

    // ---- faults -----------------------------------------------------------------------------------------------------

    @Test
    void aFaultOfAnOperationThatIsNotThereIsRefused() throws IOException {
        String error = "\"error\":{\"code\":\"InternalFailure\"}}";
        Answer mistyped =
                Http.post(pileus, "/_pileus/faults", "{\"service\":\"sqs\",\"operation\":\"ListQueue\"," + error);
        Answer elsewhere =
                Http.post(pileus, "/_pileus/faults", "{\"service\":\"sqs\",\"operation\":\"Encrypt\"," + error);

        assertThat(mistyped.status()).isEqualTo(400);
        assertThat(mistyped.body()).contains("there is no operation 'ListQueue' of sqs");
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(Http.post(pileus, "/_pileus/faults", "{\"operation\":\"Encrypt\"," + error)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aFilterOfRequestsThatMakesNoSenseIsRefused() throws IOException {
        for (String query : new String[] {"limit=-1", "limit=x", "errors=yes", "bodies=1", "colour=red"}) {
            assertThat(Http.get(pileus, "/_pileus/requests?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    @Test
    void aFaultIsSetListedAndTakenBack() throws IOException {
        Answer set = Http.post(
                pileus,
                "/_pileus/faults",
                "{\"service\":\"sqs\",\"operation\":\"ListQueues\",\"count\":1,"
                        + "\"error\":{\"code\":\"InternalFailure\",\"message\":\"no disk\"}}");
        assertThat(set.status()).isEqualTo(201);
        String id = json(set).path("id").asText();

        Answer hit = sqs("ListQueues", "{}");
        assertThat(hit.status()).isEqualTo(500);
        assertThat(hit.body()).contains("InternalFailure", "no disk");
        assertThat(sqs("ListQueues", "{}").status()).isEqualTo(200);

        assertThat(json(Http.get(pileus, "/_pileus/faults/" + id)).path("hits").asInt())
                .isEqualTo(1);
        assertThat(json(Http.get(pileus, "/_pileus/requests?errors=true"))
                        .at("/requests/0/fault")
                        .asBoolean())
                .isTrue();
        assertThat(Http.send(pileus, "DELETE", "/_pileus/faults/" + id, "", "").status())
                .isEqualTo(204);
        assertThat(Http.get(pileus, "/_pileus/faults").body()).isEqualTo("{\"faults\":[]}");
        assertThat(Http.get(pileus, "/_pileus/faults/" + id).status()).isEqualTo(404);
    }

    @Test
    void throttlingUsesTheServicesOwnWords() throws IOException {
        Http.post(pileus, "/_pileus/faults", "{\"service\":\"kms\",\"throttle\":true,\"callsPerSecond\":1}");

        assertThat(Http.call(pileus, "TrentService.ListKeys", "{}").status()).isEqualTo(200);
        Answer second = Http.call(pileus, "TrentService.ListKeys", "{}");
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.body()).contains("ThrottlingException");
        assertThat(Http.send(pileus, "DELETE", "/_pileus/faults", "", "").status())
                .isEqualTo(204);
        assertThat(Http.call(pileus, "TrentService.ListKeys", "{}").status()).isEqualTo(200);
    }

    @Test
    void aFaultThatMakesNoSenseIsRefused() throws IOException {
        for (String body : List.of(
                "{}",
                "{\"service\":\"sqs\"}",
                "{\"service\":\"elephants\",\"latency\":\"1s\"}",
                "{\"throttle\":true}",
                "{\"error\":{\"status\":500}}",
                "{\"error\":{\"code\":\"X\",\"status\":200}}",
                "{\"error\":{\"code\":\"a b\"}}",
                "{\"error\":\"X\"}",
                "{\"latency\":\"1s\",\"probability\":2}",
                "{\"latency\":\"1s\",\"count\":0}",
                "{\"latency\":\"soon\"}",
                "{\"latency\":\"1s\",\"often\":true}")) {
            assertThat(Http.post(pileus, "/_pileus/faults", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(Http.get(pileus, "/_pileus/faults").body()).isEqualTo("{\"faults\":[]}");
    }

    // ---- requests ---------------------------------------------------------------------------------------------------

    @Test
    void aRequestIsShownWithItsBodiesAndAsACommand() throws IOException {
        sqs("CreateQueue", "{\"QueueName\":\"it's\"}");
        sqs("CreateQueue", "{\"QueueName\":\"orders\"}");

        JsonNode requests = json(Http.get(pileus, "/_pileus/requests?bodies=true"));

        JsonNode newest = requests.at("/requests/0");
        assertThat(newest.at("/input/QueueName").asText()).isEqualTo("orders");
        assertThat(newest.at("/output/QueueUrl").asText()).endsWith("/000000000000/orders");
        assertThat(newest.path("command").asText())
                .isEqualTo("aws --endpoint-url http://127.0.0.1:" + pileus.port()
                        + " --region us-east-1 sqs create-queue --cli-input-json '{\"QueueName\":\"orders\"}'");
        JsonNode failed = json(Http.get(
                pileus, "/_pileus/requests/" + requests.at("/requests/1/number").asText()));
        assertThat(failed.at("/error/code").asText()).isNotEmpty();
        assertThat(failed.path("command").asText()).endsWith("'{\"QueueName\":\"it'\\''s\"}'");
        assertThat(Http.get(pileus, "/_pileus/requests/99").status()).isEqualTo(404);
        assertThat(Http.get(pileus, "/_pileus/requests/x").status()).isEqualTo(404);
    }

    @Test
    void onlyNewerRequestsAreShownToWhoHasSeenTheOthers() throws IOException {
        sqs("ListQueues", "{}");
        long seen = json(Http.get(pileus, "/_pileus/requests"))
                .at("/requests/0/number")
                .asLong();
        sqs("ListQueues", "{\"MaxResults\":5}");

        JsonNode newer =
                json(Http.get(pileus, "/_pileus/requests?after=" + seen)).path("requests");

        assertThat(newer).hasSize(1);
        assertThat(newer.at("/0/number").asLong()).isEqualTo(seen + 1);
        assertThat(newer.at("/0").has("input")).isFalse();
    }

    @Test
    void secretsAreMasked() throws IOException {
        Http.call(
                pileus,
                "AWSCognitoIdentityProviderService.InitiateAuth",
                "{\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"ClientId\":\"abc\","
                        + "\"AuthParameters\":{\"USERNAME\":\"alice\",\"PASSWORD\":\"hunter22\",\"SECRET_HASH\":\"hh\"}}");
        String key = json(Http.call(pileus, "TrentService.CreateKey", "{}"))
                .at("/KeyMetadata/KeyId")
                .asText();
        Http.call(pileus, "TrentService.Encrypt", "{\"KeyId\":\"" + key + "\",\"Plaintext\":\"aHVudGVyMjI=\"}");

        String shown = Http.get(pileus, "/_pileus/requests?bodies=true").body();

        assertThat(shown)
                .contains("alice", "\"PASSWORD\":\"***\"", "\"SECRET_HASH\":\"***\"", "\"Plaintext\":\"***\"")
                .doesNotContain("hunter22", "aHVudGVyMjI=");
    }

    // ---- state and settings -----------------------------------------------------------------------------------------

    @Test
    void theStateOfEachServiceIsListedByAccountAndRegion() throws IOException {
        sqs("CreateQueue", "{\"QueueName\":\"orders\"}");
        Http.call(pileus, "TrentService.CreateKey", "{}");

        JsonNode all = json(Http.get(pileus, "/_pileus/state"));

        assertThat(all.at("/services/sqs/0/account").asText()).isEqualTo("000000000000");
        assertThat(all.at("/services/sqs/0/resources/QueueUrls/0").asText()).endsWith("/orders");
        assertThat(all.at("/services/kms/0/resources/Keys")).hasSize(1);
        assertThat(all.path("services").has("kinesis")).isFalse();
        assertThat(json(Http.get(pileus, "/_pileus/state/sqs?region=eu-west-1")).at("/services/sqs"))
                .isEmpty();
        assertThat(Http.get(pileus, "/_pileus/state/elephants").status()).isEqualTo(404);
        assertThat(json(Http.get(pileus, "/_pileus/requests")).path("count").asInt())
                .isEqualTo(2);
    }

    @Test
    void strictModeAndQuotasAreSwitchedWhileTheServerRuns() throws IOException {
        assertThat(Http.get(pileus, "/_pileus/settings").body())
                .isEqualTo(
                        "{\"strict\":false,\"quotas\":{\"sqs\":false,\"kms\":false,\"kinesis\":false,\"cognito-idp\":true}}");
        assertThat(Http.post(pileus, "/_pileus/settings", "{\"strict\":true,\"quotas\":{\"sqs\":true}}")
                        .body())
                .isEqualTo(
                        "{\"strict\":true,\"quotas\":{\"sqs\":true,\"kms\":false,\"kinesis\":false,\"cognito-idp\":true}}");
        sqs("CreateQueue", "{\"QueueName\":\"a.fifo\",\"Attributes\":{\"FifoQueue\":\"true\"}}");

        String send = "{\"QueueUrl\":\"http://localhost/000000000000/a.fifo\",\"MessageBody\":\"x\","
                + "\"MessageGroupId\":\"g\",\"MessageDeduplicationId\":\"1\"}";
        int throttled = 0;
        for (int i = 0; i < 301; i++) {
            throttled += sqs("SendMessage", send).status() == 200 ? 0 : 1;
        }
        assertThat(throttled).isEqualTo(1);
        Http.post(pileus, "/_pileus/settings", "{\"quotas\":false}");
        assertThat(sqs("SendMessage", send).status()).isEqualTo(200);
        assertThat(Http.post(pileus, "/_pileus/settings", "{\"quotas\":{\"elephants\":true}}")
                        .status())
                .isEqualTo(400);
        assertThat(Http.post(pileus, "/_pileus/settings", "{\"strict\":\"yes\"}")
                        .status())
                .isEqualTo(400);
    }

    // ---- LocalStack's -----------------------------------------------------------------------------------------------

    @Test
    void localStacksConfigChangesWhatCanBeChangedAndRefusesTheRest() throws IOException {
        assertThat(Http.post(pileus, "/_localstack/config", "{\"variable\":\"PILEUS_STRICT\",\"value\":\"1\"}")
                        .body())
                .isEqualTo("{\"variable\": \"PILEUS_STRICT\", \"value\": \"1\"}");
        assertThat(pileus.conditions().strict()).isTrue();
        assertThat(Http.post(pileus, "/_localstack/config", "{\"variable\":\"SERVICES\",\"value\":\"sqs\"}")
                        .status())
                .isEqualTo(501);
        assertThat(Http.post(pileus, "/_localstack/config", "{\"variable\":\"a b\",\"value\":1}")
                        .status())
                .isEqualTo(400);
        assertThat(Http.get(pileus, "/_localstack/config").body()).isEqualTo("{\"PILEUS_STRICT\": \"1\"}");
    }

    @Test
    void usageCountsOperations() throws IOException {
        sqs("ListQueues", "{}");
        sqs("ListQueues", "{}");

        assertThat(Http.get(pileus, "/_localstack/usage").body()).isEqualTo("{\"sqs\": {\"ListQueues\": 2}}");
    }

    @Test
    void lambdasRuntimesAreListed() throws IOException {
        assertThat(json(Http.get(pileus, "/_aws/lambda/runtimes"))
                        .path("Runtimes")
                        .toString())
                .contains("\"python3.13\"")
                .doesNotContain("\"python2.7\"");
        assertThat(Http.get(pileus, "/_aws/lambda/runtimes?filter=deprecated").body())
                .contains("python2.7");
        assertThat(Http.get(pileus, "/_aws/lambda/runtimes?filter=x").status()).isEqualTo(400);
    }

    // ---- the console ------------------------------------------------------------------------------------------------

    @Test
    void theConsoleLoadsNothingButItsOwnFilesAndRunsNothingInline() throws IOException {
        URLConnection page =
                URI.create(pileus.endpoint() + "/_pileus/console").toURL().openConnection();
        assertThat(page.getHeaderField("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        String html = Http.get(pileus, "/_pileus/console").body();
        assertThat(html).doesNotContain("style=", "onclick", "://");
        for (String file : List.of("console.css", "console.js")) {
            assertThat(html).contains("\"/_pileus/console/" + file + "\"");
            Answer answer = Http.get(pileus, "/_pileus/console/" + file);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("innerHTML", "eval(", "http:", "https:");
        }
        assertThat(Http.get(pileus, "/_pileus/console/../openapi.json").status())
                .isNotEqualTo(200);
        assertThat(Http.get(pileus, "/_pileus/console/console.html").status()).isEqualTo(404);
    }

    @Test
    void theRootLeadsBrowsersToTheConsoleAndTellsOthersWhatIsMissing() throws IOException {
        assertThat(Http.get(pileus, "/").body()).contains("MissingAction");

        HttpURLConnection root =
                (HttpURLConnection) URI.create(pileus.endpoint() + "/").toURL().openConnection();
        root.setInstanceFollowRedirects(false);
        root.setRequestProperty("Accept", "text/html,application/xhtml+xml");
        assertThat(root.getResponseCode()).isEqualTo(302);
        assertThat(root.getHeaderField("Location")).isEqualTo("/_pileus/console");
    }

    // ---- the document -----------------------------------------------------------------------------------------------

    @Test
    void theDocumentTellsEachRouteAndNoneThatIsNotThere() throws IOException {
        JsonNode document = json(Http.get(pileus, "/_pileus/openapi.json"));
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> documented.add(operation.getKey().toUpperCase() + " " + path.getKey())));

        assertThat(documented).containsExactlyElementsOf(routes(pileus.routes()));
    }

    @Test
    void theDocumentTellsEachLabelOfAPath() throws IOException {
        JsonNode paths = json(Http.get(pileus, "/_pileus/openapi.json")).path("paths");

        paths.properties()
                .forEach(path -> path.getValue().forEach(operation -> {
                    Set<String> declared = new TreeSet<>();
                    operation.path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asText().equals("path")) {
                            declared.add("{" + parameter.path("name").asText() + "}");
                        }
                    });
                    Set<String> labels = Stream.of(path.getKey().split("/"))
                            .filter(segment -> segment.startsWith("{"))
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(declared).as(path.getKey()).isEqualTo(labels);
                    assertThat(operation.path("summary").asText())
                            .as(path.getKey())
                            .isNotEmpty();
                    assertThat(operation.path("responses")).as(path.getKey()).isNotEmpty();
                }));
    }

    private static Set<String> routes(List<HttpRoute> routes) {
        return routes.stream()
                .flatMap(route -> route.methods().stream()
                        .filter(method -> !method.equals("HEAD"))
                        .map(method -> method + " " + route.template().replace("+}", "}")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDocumentsReferencesLeadSomewhere() throws IOException {
        Answer answer = Http.get(pileus, "/openapi.yaml");
        JsonNode document = json(answer);

        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
        assertThat(Http.get(pileus, "/_localstack/swagger").body()).contains("/_pileus/clock");
    }
}
