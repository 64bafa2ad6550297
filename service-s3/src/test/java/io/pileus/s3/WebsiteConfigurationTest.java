package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.s3.model.Condition;
import io.pileus.s3.model.IndexDocument;
import io.pileus.s3.model.PutBucketWebsiteRequest;
import io.pileus.s3.model.Redirect;
import io.pileus.s3.model.RoutingRule;
import io.pileus.s3.model.WebsiteConfiguration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What S3 refuses in website configurations. */
class WebsiteConfigurationTest {
    private final S3Fixture s3 = new S3Fixture();

    private void refuses(String message, List<RoutingRule> rules) {
        assertThatThrownBy(() -> s3.s3.putBucketWebsite(
                        PutBucketWebsiteRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .websiteConfiguration(WebsiteConfiguration.builder()
                                        .indexDocument(IndexDocument.builder()
                                                .suffix("index.html")
                                                .build())
                                        .routingRules(rules)
                                        .build())
                                .build(),
                        s3.call()))
                .hasMessage(message);
    }

    private static RoutingRule rule(Redirect.Builder redirect) {
        return RoutingRule.builder().redirect(redirect.build()).build();
    }

    private static RoutingRule rule(Condition.Builder condition) {
        return rule(Redirect.builder().hostName("example.com")).toBuilder()
                .condition(condition.build())
                .build();
    }

    @Test
    void redirectsSayOneWayToAnotherKeyAndACodeOfRedirects() {
        refuses(
                "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
                List.of(rule(Redirect.builder().replaceKeyWith("a").replaceKeyPrefixWith("b/"))));
        refuses(
                "The provided HTTP redirect code (300) is not valid. Valid codes are 3XX except 300.",
                List.of(rule(Redirect.builder().httpRedirectCode("300"))));
        refuses(
                "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
                List.of(rule(Redirect.builder().protocol("ftp"))));
    }

    @Test
    void conditionsAreOfKeysAndErrors() {
        refuses(
                "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
                List.of(rule(Condition.builder())));
        refuses(
                "The provided HTTP error code (302) is not valid. Valid codes are 4XX or 5XX.",
                List.of(rule(Condition.builder().httpErrorCodeReturnedEquals("302"))));
    }

    @Test
    void thereAreFiftyRulesAtMost() {
        refuses(
                "51 routing rules provided, the number of routing rules in a website configuration is limited to 50.",
                Collections.nCopies(51, rule(Redirect.builder().hostName("example.com"))));
    }
}
