package io.pileus.it.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.SyncExecutionStatus;

/** A server whose time is moved by hand, and words for what the tests of workflows do most. */
final class Workflows implements AutoCloseable {
    static final String ACCOUNT = "111111111111";
    static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/workflow";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Pileus pileus;
    final SfnClient sfn;
    private int machines;

    Workflows() {
        try {
            pileus = Pileus.builder()
                    .port(0)
                    .clock(ClockSetting.parse("manual:2026-01-01T00:00:00Z"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sfn = client(SfnClient.builder()
                .overrideConfiguration(
                        o -> o.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)));
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    void advance(Duration by) {
        if (!pileus.time().advance(by)) {
            throw new AssertionError("what fell due is still under way");
        }
    }

    String create(String definition) {
        return create(definition, StateMachineType.STANDARD);
    }

    String create(String definition, StateMachineType type) {
        String name = "machine" + machines++;
        return sfn.createStateMachine(m -> m.name(name).roleArn(ROLE).type(type).definition(definition))
                .stateMachineArn();
    }

    /** A machine with one task. */
    static String task(String resource, String fields) {
        return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,\"Resource\":\"" + resource + "\""
                + (fields.isEmpty() ? "" : "," + fields) + "}}}";
    }

    String start(String machine, String input) {
        return sfn.startExecution(e -> e.stateMachineArn(machine).input(input)).executionArn();
    }

    /** Runs a Standard machine as far as it goes by itself. */
    String run(String definition, String input) {
        String execution = start(create(definition), input);
        advance(Duration.ZERO);
        return execution;
    }

    /** Runs an Express machine and waits for its end, whatever its tasks wait for. */
    StartSyncExecutionResponse runSync(String definition, String input) {
        String machine = create(definition, StateMachineType.EXPRESS);
        return sfn.startSyncExecution(e -> e.stateMachineArn(machine).input(input));
    }

    static JsonNode output(StartSyncExecutionResponse response) {
        if (response.status() != SyncExecutionStatus.SUCCEEDED) {
            throw new AssertionError(response.status() + " " + response.error() + " " + response.cause());
        }
        return json(response.output());
    }

    DescribeExecutionResponse describe(String execution) {
        return sfn.describeExecution(d -> d.executionArn(execution));
    }

    JsonNode output(String execution) {
        DescribeExecutionResponse described = describe(execution);
        if (described.status() != ExecutionStatus.SUCCEEDED) {
            throw new AssertionError(described.status() + " " + described.error() + " " + described.cause());
        }
        return json(described.output());
    }

    List<HistoryEvent> history(String execution) {
        return sfn.getExecutionHistoryPaginator(h -> h.executionArn(execution)).events().stream()
                .toList();
    }

    List<String> types(String execution) {
        return history(execution).stream().map(HistoryEvent::typeAsString).toList();
    }

    /** Says what a Lambda function's invocations answer, one after the other. */
    void script(String function, String answers) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(pileus.endpoint() + "/_pileus/lambda/" + function + "/script"))
                .POST(HttpRequest.BodyPublishers.ofString(answers))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sfn.close();
        pileus.close();
    }
}
