package io.pileus.core.dispatch;

import static io.pileus.core.dispatch.Requests.form;
import static io.pileus.core.dispatch.Requests.get;
import static io.pileus.core.dispatch.Requests.json;
import static io.pileus.core.dispatch.Requests.request;
import static io.pileus.core.dispatch.Requests.signed;
import static io.pileus.core.dispatch.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.testkit.Note;
import io.pileus.core.testkit.NoteApi;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final String ECHO = "{\"Text\":\"hello\"}";

    private final TestEnvironment environment = TestEnvironment.fresh();
    private final NoteApi queue = NoteApi.queue();
    private final NoteApi topic = NoteApi.topic();
    private final RequestLog requests = new RequestLog(100);
    private final Conditions conditions = new Conditions(false, environment.ids());
    private final Dispatcher dispatcher = dispatcher(DispatchSettings.DEFAULTS, environment.services());

    private Dispatcher dispatcher(DispatchSettings settings, ServiceEnvironment services) {
        HttpRoute peek = HttpRoute.get(
                "/_aws/{area}/messages",
                (r, labels, call) ->
                        CompletableFuture.completedStage(HttpResponse.json(200, "\"" + labels.get("area") + "\"")));
        HttpRoute landing = HttpRoute.get(
                "/", (r, labels, call) -> CompletableFuture.completedStage(HttpResponse.json(200, "\"welcome\"")));
        return new Dispatcher(
                new ServiceDirectory(List.of(topic, queue, NoteApi.stepFunctions())),
                List.of(peek, landing),
                services,
                requests,
                conditions,
                settings);
    }

    private HttpResponse answer(HttpRequest request) {
        return dispatcher.handle(request).toCompletableFuture().getNow(null);
    }

    // ---- ways to an operation ---------------------------------------------------------------------------------------

    @Test
    void aTargetHeaderNamesTheOperation() {
        HttpResponse response = answer(json("AmazonSQS.Echo", ECHO));

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(ECHO);
        assertThat(response.headers().get("x-amzn-RequestId"))
                .isEqualTo(queue.calls.getFirst().requestId());
        assertThat(response.headers().get("x-localstack")).isEqualTo("true");
        assertThat(topic.calls).isEmpty();
    }

    @Test
    void theCredentialScopeNamesTheServiceOfAQueryRequest() {
        HttpResponse response =
                answer(form("/", "Action=Echo&Text=hi", "Authorization", signed("test", "eu-west-1", "sns")));

        assertThat(text(response)).contains("<Text>hi</Text>");
        assertThat(topic.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.region()).isEqualTo(new Region("eu-west-1")));
    }

    @Test
    void anUnsignedActionIsFoundByItsVersion() {
        answer(form("/", "Version=2012-11-05&Action=Echo&Text=hi"));
        answer(form("/", "Action=Echo&Text=hi&Version=2010-03-31"));

        assertThat(queue.calls).hasSize(1);
        assertThat(topic.calls).hasSize(1);
    }

    @Test
    void anActionOnAQueueUrlIsForThatQueue() {
        HttpResponse response = answer(get("/000000000000/orders?Action=Echo&Text=a%20b%2Bc"));

        assertThat(text(response))
                .contains("<QueueUrl>http://localhost:4566/000000000000/orders</QueueUrl>", "<Text>a b+c</Text>");
    }

    @Test
    void anUnknownPathOfTheEmulatorsOwnIsNotFoundAndNoBucket() {
        HttpResponse response = answer(get("/_pileus/clocks"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response)).contains("\"NotFound\"", "There is no GET /_pileus/clocks;");
        assertThat(requests.newestFirst().getFirst().errorCode()).isEqualTo("NotFound");
    }

    @Test
    void anEndpointThatIsAskedWithAnotherMethodSaysWhichItTakes() {
        HttpResponse response = answer(request("PUT", "/_aws/sqs/messages", new Headers(), ""));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers().get("Allow")).isEqualTo("GET, HEAD");
        assertThat(text(response)).contains("There is no PUT /_aws/sqs/messages; the path takes GET, HEAD.");
    }

    @Test
    void anEmptyTargetHeaderNamesNothing() {
        assertThat(text(answer(json("", ECHO)))).contains("<Code>MissingAction</Code>");
    }

    @Test
    void aQueueUrlAloneIsNoOperationAndNoBucket() {
        HttpResponse response = answer(get("/000000000000/orders"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response)).contains("<Code>UnknownOperationException</Code>");
    }

    @Test
    void aQueueUrlWithARegionBringsTheRegionOfUnsignedCalls() {
        answer(form("/queue/eu-central-1/000000000000/orders", "Action=Echo&Text=x&QueueUrl=mine"));

        assertThat(queue.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.region().id()).isEqualTo("eu-central-1"));
    }

    @Test
    void theHostNameHelpsWhereNothingElseDoes() {
        answer(form("/", "Action=Echo&Text=x", "Host", "sqs.eu-west-3.localhost.localstack.cloud:4566"));

        assertThat(queue.calls).hasSize(1);
    }

    @Test
    void parametersOfQueryStringAndFormAreOneSet() {
        assertThat(text(answer(form("/?Action=Echo&Version=2012-11-05", "Text=late"))))
                .contains("<Text>late</Text>");
    }

    // ---- who and where ----------------------------------------------------------------------------------------------

    private CallContext callBy(String accessKey) {
        answer(json("AmazonSQS.Echo", ECHO, "Authorization", signed(accessKey, "us-west-2", "sqs")));
        return queue.calls.getLast();
    }

    @Test
    void theAccessKeyNamesTheAccount() {
        assertThat(callBy("test").account()).isEqualTo(AccountId.DEFAULT);
        assertThat(callBy("123456789012").account().id()).isEqualTo("123456789012");
        assertThat(callBy("123456789012").caller().principalArn()).isEqualTo("arn:aws:iam::123456789012:root");
        assertThat(callBy("LSIAQAAAAAAAHFR7TTPT").account()).isEqualTo(AccountId.DEFAULT);
        // Account 1: the 40 bits end with a one, which is the top bit of the thirteenth character.
        assertThat(callBy("LKIAQAAAAAAAQFR7TTPT").account().id()).isEqualTo("000000000001");
        assertThat(callBy("AKIAQAAAAAAAQFR7TTPT").account()).isEqualTo(AccountId.DEFAULT);
        assertThat(callBy("x").region().id()).isEqualTo("us-west-2");
    }

    @Test
    void anUnsignedCallIsTheDefaultAccountsInTheDefaultRegion() {
        answer(json("AmazonSQS.Echo", ECHO));

        CallContext call = queue.calls.getFirst();
        assertThat(call.account()).isEqualTo(AccountId.DEFAULT);
        assertThat(call.region()).isEqualTo(Region.US_EAST_1);
        assertThat(call.endpoint()).isEqualTo("http://localhost:4566");
        assertThat(call.receivedAt()).isEqualTo(TestEnvironment.START);
    }

    @Test
    void issuedKeysBelongToWhomTheyWereIssuedFor() {
        Caller role = new Caller(
                new AccountId("222222222222"),
                "arn:aws:sts::222222222222:assumed-role/r/s",
                "AROA:s",
                "ASIA1",
                Caller.Kind.ASSUMED_ROLE,
                Map.of());
        environment.ports().provide(RoleSessions.class, new FixedSessions(Map.of("ASIA1", role), Map.of()));

        assertThat(callBy("ASIA1").caller()).isEqualTo(role);
        assertThat(callBy("111111111111").account().id()).isEqualTo("111111111111");
        HttpResponse expired =
                answer(json("AmazonSQS.Echo", ECHO, "Authorization", signed("expired", "us-west-2", "sqs")));
        assertThat(expired.status()).isEqualTo(400);
        assertThat(text(expired)).contains("ExpiredTokenException");
    }

    @Test
    void anAuthorizerDecidesWhenThereIsOne() {
        environment.ports().provide(Authorizer.class, (service, operation, input, call) -> {
            throw new AwsException("AccessDenied", 403, "not you");
        });

        HttpResponse response = answer(json("AmazonSQS.Echo", ECHO));

        assertThat(response.status()).isEqualTo(403);
        assertThat(queue.calls).isEmpty();
    }

    // ---- what goes wrong --------------------------------------------------------------------------------------------

    @Test
    void anUnknownServiceIsNamed() {
        HttpResponse response = answer(json("DynamoDB_20120810.ListTables", "{}"));

        assertThat(response.status()).isEqualTo(501);
        assertThat(text(response)).contains("DynamoDB_20120810").contains("sqs");

        HttpResponse scoped = answer(form("/", "Action=RunInstances", "Authorization", signed("a", "r", "ec2")));
        assertThat(scoped.status()).isEqualTo(501);
        assertThat(text(scoped)).contains("<Code>NotImplemented</Code>").contains("'ec2'");
    }

    @Test
    void anUnknownOperationIsNamed() {
        HttpResponse json = answer(json("AmazonSQS.Fold", "{}"));
        assertThat(json.status()).isEqualTo(400);
        assertThat(text(json)).contains("UnknownOperationException").contains("Fold");

        HttpResponse query = answer(form("/", "Action=Fold", "Authorization", signed("a", "r", "sqs")));
        assertThat(query.status()).isEqualTo(400);
        assertThat(text(query)).contains("InvalidAction").contains("Fold");

        HttpResponse unsigned = answer(form("/", "Action=Fold"));
        assertThat(unsigned.status()).isEqualTo(400);
        assertThat(text(unsigned)).contains("The action Fold is not valid for this endpoint.");
    }

    @Test
    void aMissingActionIsToldSo() {
        assertThat(text(answer(form("/", "", "Authorization", signed("a", "r", "sqs")))))
                .contains("MissingAction");
        assertThat(text(answer(request("PUT", "/", new Headers(), "")))).contains("MissingAction");
    }

    @Test
    void anErrorOfTheServiceIsAnsweredInTheCallersProtocol() {
        HttpResponse json = answer(json("AmazonSQS.Refuse", ECHO));
        assertThat(json.status()).isEqualTo(409);
        assertThat(text(json)).contains("Refused").contains("no <such> luck");

        HttpResponse query = answer(form("/", "Action=Refuse&Text=a&Version=2012-11-05"));
        assertThat(query.status()).isEqualTo(409);
        assertThat(text(query)).contains("<Code>Refused</Code>").contains("no &lt;such&gt; luck");
    }

    @Test
    void aBugIsAnInternalFailureThatTellsNothing() {
        HttpResponse response = answer(json("AmazonSQS.Break", ECHO));

        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response))
                .contains("InternalFailure")
                .doesNotContain("secrets")
                .doesNotContain("at io.");
    }

    @Test
    void malformedInputIsASerializationException() {
        HttpResponse response = answer(json("AmazonSQS.Echo", "{\"Text\":"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).contains("SerializationException");
        assertThat(queue.calls).isEmpty();
    }

    @Test
    void theModelsConstraintsAreCheckedFirst() {
        HttpResponse response = answer(json("AmazonSQS.Echo", "{}"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).contains("1 validation error detected");
        assertThat(queue.calls).isEmpty();
    }

    // ---- waiting and hard work --------------------------------------------------------------------------------------

    @Test
    void aWaitingOperationAnswersWhenItsStageCompletes() {
        CompletableFuture<HttpResponse> answer =
                dispatcher.handle(json("AmazonSQS.Wait", ECHO)).toCompletableFuture();
        assertThat(answer).isNotDone();

        queue.waiting.complete(new Note(null, "at last"));

        assertThat(text(answer.getNow(null))).isEqualTo("{\"Text\":\"at last\"}");
        assertThat(requests.newestFirst()).hasSize(1);
    }

    @Test
    void aWaitThatNobodyWaitsForAnyLongerIsCancelled() {
        CompletionStage<HttpResponse> answer = dispatcher.handle(json("AmazonSQS.Wait", ECHO));

        answer.toCompletableFuture().cancel(false);

        assertThat(queue.waiting).isCancelled();
        assertThat(requests.newestFirst())
                .singleElement()
                .satisfies(entry -> assertThat(entry.status()).isEqualTo(499));
    }

    @Test
    void aWaitCanFail() {
        CompletableFuture<HttpResponse> answer =
                dispatcher.handle(json("AmazonSQS.Wait", ECHO)).toCompletableFuture();

        queue.waiting.completeExceptionally(new AwsException("Gone", 400, "deleted meanwhile"));

        assertThat(answer.getNow(null).status()).isEqualTo(400);
        assertThat(text(answer.getNow(null))).contains("Gone");
    }

    @Test
    void anOffloadedOperationRunsOnTheWorkers() {
        List<Runnable> handedOver = new ArrayList<>();
        ServiceEnvironment services = environment.services();
        Dispatcher offloading = dispatcher(
                DispatchSettings.DEFAULTS,
                new ServiceEnvironment(
                        services.clock(),
                        services.timers(),
                        services.ids(),
                        handedOver::add,
                        services.ports(),
                        services.settings()));

        CompletableFuture<HttpResponse> answer =
                offloading.handle(json("AmazonSQS.Crunch", ECHO)).toCompletableFuture();

        assertThat(answer).isNotDone();
        handedOver.getFirst().run();
        assertThat(answer.getNow(null).status()).isEqualTo(200);
    }

    // ---- endpoints and the log --------------------------------------------------------------------------------------

    @Test
    void endpointsBesideTheApiAreReachedByTheirPath() {
        assertThat(text(answer(get("/_aws/a%2Bb/messages?x=1")))).isEqualTo("\"a+b\"");
        assertThat(text(answer(get("/")))).isEqualTo("\"welcome\"");
    }

    @Test
    void eachRequestIsRemembered() {
        answer(json("AmazonSQS.Echo", ECHO, "Authorization", signed("333333333333", "eu-west-1", "sqs")));
        answer(json("AmazonSQS.Refuse", ECHO));

        List<RequestLog.Entry> entries = requests.newestFirst();

        assertThat(entries).extracting(RequestLog.Entry::operation).containsExactly("Refuse", "Echo");
        assertThat(entries.getFirst().errorCode()).isEqualTo("Refused");
        assertThat(entries.getFirst().status()).isEqualTo(409);
        RequestLog.Entry echo = entries.getLast();
        assertThat(echo.account()).isEqualTo("333333333333");
        assertThat(echo.service()).isEqualTo("sqs");
        assertThat(echo.region()).isEqualTo("eu-west-1");
        assertThat(echo.latency()).isPositive();
        assertThat(echo.time()).isEqualTo(TestEnvironment.START);
    }

    @Test
    void whatIsNotEmulatedIsToldAndInStrictModeRefused() {
        assertThat(answer(json("AmazonSQS.Partly", ECHO)).status()).isEqualTo(200);
        assertThat(requests.newestFirst().getFirst().notEmulated()).isEqualTo("the other part");

        conditions.strict(true);
        HttpResponse refused = answer(json("AmazonSQS.Partly", ECHO));
        assertThat(refused.status()).isEqualTo(501);
        assertThat(text(refused)).contains("the other part");
    }

    @Test
    void aForeignPageIsRefusedBeforeAnythingRuns() {
        HttpResponse response = answer(json("AmazonSQS.Echo", ECHO, "Origin", "https://evil.example"));

        assertThat(response.status()).isEqualTo(403);
        assertThat(queue.calls).isEmpty();
        assertThat(requests.newestFirst()).singleElement().satisfies(entry -> {
            assertThat(entry.operation()).isEqualTo("POST /");
            assertThat(entry.errorCode()).isEqualTo("Forbidden");
        });
    }

    /** Sessions that are known beforehand. */
    record FixedSessions(Map<String, Caller> callers, Map<String, String> secrets) implements RoleSessions {
        @Override
        public Lookup lookup(String accessKeyId, Optional<String> sessionToken) {
            if (accessKeyId.equals("expired")) {
                return new Invalid("ExpiredToken", "expired");
            }
            Caller caller = callers.get(accessKeyId);
            return caller == null ? new Unknown() : new Known(caller);
        }

        @Override
        public Optional<String> secretOf(String accessKeyId) {
            return Optional.ofNullable(secrets.get(accessKeyId));
        }

        @Override
        public Assumed assumeForService(String roleArn, String servicePrincipal, String sessionName, String sourceArn) {
            return new Denied("AccessDenied", "");
        }

        @Override
        public Assumed assumeForWebIdentity(
                String roleArn,
                String provider,
                Map<String, String> claims,
                String sessionName,
                Duration duration,
                Map<String, String> sessionTags,
                Optional<String> sessionPolicy) {
            return new Denied("AccessDenied", "");
        }
    }
}
