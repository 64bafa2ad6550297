package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.time.EmulatedTime;
import io.pileus.server.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PileusTest {
    private static final String START = "2026-01-01T00:00:00Z";
    private static Pileus pileus;

    private static Pileus.Builder aServer() {
        return Pileus.builder()
                .port(0)
                .seed(1)
                .module(new ParrotProvider())
                .services("parrot")
                .clock(new ClockSetting(EmulatedTime.Mode.MANUAL, 1, Optional.of(Instant.parse(START))));
    }

    @BeforeAll
    static void start() throws IOException {
        pileus = aServer().start();
    }

    @AfterAll
    static void end() {
        pileus.close();
    }

    @Test
    void theClockCanBeReadAndAdvanced() throws IOException {
        try (Pileus own = aServer().start()) {
            List<Instant> ran = new ArrayList<>();
            own.time()
                    .at(
                            Instant.parse("2026-01-01T00:10:00Z"),
                            () -> ran.add(own.time().instant()));

            assertThat(Http.get(own, "/_pileus/clock").body())
                    .isEqualTo("{\"now\":\"2026-01-01T00:00:00Z\",\"mode\":\"manual\",\"scale\":0.0,\"pending\":1,"
                            + "\"nextDue\":\"2026-01-01T00:10:00Z\"}");
            assertThat(Http.post(own, "/_pileus/clock", "{\"advance\":\"15m\"}").body())
                    .isEqualTo("{\"now\":\"2026-01-01T00:15:00Z\",\"mode\":\"manual\",\"scale\":0.0,\"pending\":0,"
                            + "\"settled\":true}");
            assertThat(ran).containsExactly(Instant.parse("2026-01-01T00:10:00Z"));
        }
    }

    @Test
    void theClockCanBeSetFrozenAndScaled() throws IOException {
        try (Pileus own = aServer().start()) {
            Http.post(own, "/_pileus/clock", "{\"set\":\"2027-06-01T12:00:00Z\",\"advance\":\"PT1H30M\"}");
            assertThat(own.time().instant()).isEqualTo("2027-06-01T13:30:00Z");

            Http.post(own, "/_pileus/clock", "{\"mode\":\"scaled\",\"scale\":1000}");
            assertThat(own.time().scale()).isEqualTo(1000);

            Http.post(own, "/_pileus/clock", "{\"mode\":\"real\"}");
            assertThat(own.time().mode()).isEqualTo(EmulatedTime.Mode.REAL);

            Http.post(own, "/_pileus/clock", "{\"mode\":\"manual\"}");
            Instant frozen = own.time().instant();
            own.time().at(frozen.plusSeconds(5), () -> {});
            Http.post(own, "/_pileus/clock", "{\"advance\":\"next\"}");
            assertThat(own.time().instant()).isEqualTo(frozen.plusSeconds(5));
        }
    }

    @Test
    void aClockRequestThatMakesNoSenseChangesNothing() throws IOException {
        for (String body : List.of(
                "{\"advance\":\"soon\"}",
                "{\"advance\":\"-PT1S\"}",
                "{\"mode\":\"manual\",\"advance\":\"x\"}",
                "{\"mode\":\"backwards\"}",
                "{\"scale\":0}",
                "{\"set\":\"yesterday\"}",
                "{\"forward\":\"1h\"}",
                "{}",
                "[]",
                "{")) {
            Answer answer = Http.post(pileus, "/_pileus/clock", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.body()).as(body).startsWith("{\"error\":");
        }
        assertThat(pileus.time().instant()).isEqualTo(START);
    }

    @Test
    void healthTellsEachServiceAndWhetherItWasUsed() throws IOException {
        try (Pileus own = aServer().start()) {
            assertThat(Http.get(own, "/_localstack/health").body())
                    .contains("\"parrot\": \"available\"", "\"edition\": \"community\"");

            Http.call(own, "Parrot.Echo", "{}");

            assertThat(Http.get(own, "/health").body()).contains("\"parrot\": \"running\"");
            assertThat(Http.send(own, "HEAD", "/_localstack/health", "", "").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aServiceThatIsOffSaysSo() throws IOException {
        try (Pileus own = Pileus.builder()
                .port(0)
                .module(new ParrotProvider())
                .services("elephant")
                .start()) {
            assertThat(Http.get(own, "/_localstack/health").body()).contains("\"parrot\": \"disabled\"");
            Answer answer = Http.call(own, "Parrot.Echo", "{}");

            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.body()).contains("not enabled");
            assertThat(own.services()).isEmpty();
        }
    }

    @Test
    void scriptsLeaveNotesOnTheHealthPage() throws IOException {
        try (Pileus own = aServer().start()) {
            assertThat(Http.send(own, "PUT", "/_localstack/health", "", "{\"features:initScripts\":\"initialized\"}")
                            .body())
                    .isEqualTo("{\"status\": \"OK\"}");

            assertThat(Http.get(own, "/_localstack/health").body())
                    .contains("\"features\": {\"initScripts\": \"initialized\"}");
        }
    }

    @Test
    void infoInitAndPluginsHaveTheShapesThatToolsExpect() throws IOException {
        assertThat(Http.get(pileus, "/_localstack/info").body())
                .contains(
                        "\"edition\": \"community\"",
                        "\"is_license_activated\": false",
                        "\"server_time_utc\": \"2026-01-01T00:00:00\"",
                        "\"uptime\":");
        assertThat(Http.get(pileus, "/_localstack/init").body())
                .isEqualTo("{\"completed\": {\"BOOT\": true, \"START\": true, \"READY\": true, \"SHUTDOWN\": false}, "
                        + "\"scripts\": []}");
        assertThat(Http.get(pileus, "/_localstack/init/ready").body())
                .isEqualTo("{\"completed\": true, \"scripts\": []}");
        Answer none = Http.get(pileus, "/_localstack/init/later");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.body()).isEqualTo("no such stage later");
        assertThat(Http.get(pileus, "/_localstack/plugins").body()).contains("localstack.aws.provider");
        assertThat(Http.get(pileus, "/_localstack/diagnose").status()).isEqualTo(404);
        assertThat(Http.get(pileus, "/_localstack/config").status()).isEqualTo(404);
    }

    @Test
    void everyAnswerCarriesTheMarkThatToolsLookFor() throws IOException {
        assertThat(Http.get(pileus, "/_localstack/health").localStackHeader()).isEqualTo("true");
        assertThat(Http.call(pileus, "Parrot.Nothing", "{}").localStackHeader()).isEqualTo("true");
    }

    @Test
    void stateIsResetOnEachOfItsPaths() throws IOException {
        assertThat(Http.post(pileus, "/_pileus/reset", "").body()).isEqualTo("{\"status\":\"OK\"}");
        assertThat(Http.post(pileus, "/_pileus/reset", "{\"service\":\"parrot\",\"account\":\"111111111111\"}")
                        .status())
                .isEqualTo(200);
        assertThat(Http.post(pileus, "/_localstack/state/reset", "").status()).isEqualTo(200);
        assertThat(Http.post(pileus, "/_localstack/state/parrot/reset", "").status())
                .isEqualTo(200);
        assertThat(Http.post(pileus, "/moto-api/reset", "").status()).isEqualTo(200);
        assertThat(Http.post(pileus, "/_localstack/health", "{\"action\":\"restart\"}")
                        .body())
                .isEqualTo("ok");

        assertThat(Http.post(pileus, "/_pileus/reset", "{\"service\":\"dynamodb\"}")
                        .status())
                .isEqualTo(404);
        assertThat(Http.post(pileus, "/_pileus/reset", "{\"account\":\"me\"}").status())
                .isEqualTo(400);
        assertThat(Http.post(pileus, "/_pileus/reset", "{\"acount\":\"111111111111\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theLastRequestsCanBeRead() throws IOException {
        try (Pileus own = aServer().start()) {
            Http.call(own, "Parrot.Echo", "{\"Text\":\"a\"}");
            Http.call(own, "Parrot.Fold", "{}");

            assertThat(Http.get(own, "/_pileus/requests?errors=true").body())
                    .contains("\"operation\":\"Fold\"", "UnknownOperationException")
                    .doesNotContain("\"Echo\"");
            assertThat(Http.get(own, "/_pileus/requests?service=parrot&limit=1").body())
                    .contains("\"operation\":\"Fold\"")
                    .doesNotContain("Echo");
            assertThat(Http.get(own, "/_pileus/requests?sevice=parrot").status())
                    .isEqualTo(400);
            assertThat(Http.send(own, "DELETE", "/_pileus/requests", "", "").status())
                    .isEqualTo(204);
            assertThat(own.requests().newestFirst()).isEmpty();
        }
    }

    @Test
    void manyServersRunInOneProcess() throws IOException {
        List<Pileus> servers = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                servers.add(aServer().start());
                servers.getLast().time().advance(Duration.ofDays(i));
            }
            assertThat(servers).extracting(Pileus::port).doesNotHaveDuplicates();
            assertThat(servers.getLast().time().instant()).isEqualTo("2026-01-05T00:00:00Z");
        } finally {
            servers.forEach(Pileus::close);
        }
    }
}
