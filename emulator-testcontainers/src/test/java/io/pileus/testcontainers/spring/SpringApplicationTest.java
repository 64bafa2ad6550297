package io.pileus.testcontainers.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.s3.S3Template;
import io.pileus.server.Pileus;
import io.pileus.testcontainers.InProcess;
import io.pileus.testcontainers.PileusContainer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** A Spring Boot application with Spring Cloud AWS finds everything by {@code @ServiceConnection}: no property names an endpoint. */
@Timeout(60)
class SpringApplicationTest {

    /** What a user writes, but for the server in this process that stands for the container. */
    @Configuration(proxyBeanMethods = false)
    static class Containers {
        @Bean(destroyMethod = "close")
        Pileus server() throws IOException {
            return Pileus.builder().port(0).start();
        }

        @Bean
        @ServiceConnection
        PileusContainer pileus(Pileus server) {
            return new InProcess(server);
        }
    }

    @Test
    void anApplicationPublishesListensAndStores() throws Exception {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class, Containers.class)
                .web(WebApplicationType.NONE)
                .run()) {
            Shop shop = context.getBean(Shop.class);
            shop.open(context.getBean(SnsClient.class), context.getBean(SqsAsyncClient.class));

            shop.announce("{\"order\": 7}");

            assertThat(shop.filed().get(30, TimeUnit.SECONDS)).isEqualTo("{\"order\": 7}");
            assertThat(context.getBean(S3Template.class).objectExists(Shop.BUCKET, "latest.json"))
                    .isTrue();
        }
    }
}
