package io.pileus.lambda.mapping;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One event source mapping: its configuration, its tags and, while it is enabled, its loop. */
final class Mapping {
    private final ServiceEnvironment env;
    private final FunctionInvoker invoker;
    private final AccountId account;
    private final Region region;
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private volatile EventSourceMappingConfiguration configuration;
    private @Nullable Loop loop;

    /** What pulls from a source; ends when it is told to. */
    interface Loop {
        void start();

        void stop();
    }

    Mapping(
            ServiceEnvironment env,
            FunctionInvoker invoker,
            AccountId account,
            Region region,
            EventSourceMappingConfiguration configuration) {
        this.env = env;
        this.invoker = invoker;
        this.account = account;
        this.region = region;
        this.configuration = configuration;
    }

    AccountId account() {
        return account;
    }

    Region region() {
        return region;
    }

    Map<String, String> tags() {
        return tags;
    }

    EventSourceMappingConfiguration configuration() {
        return configuration;
    }

    synchronized void start() {
        if (loop == null) {
            loop = String.valueOf(configuration.eventSourceArn()).contains(":sqs:")
                    ? new QueueLoop(env, invoker, account, region, this::configuration)
                    : new StreamLoop(env, invoker, account, region, this::configuration);
        }
        loop.start();
    }

    synchronized void stop() {
        if (loop != null) {
            loop.stop();
        }
    }

    void change(EventSourceMappingConfiguration changed) {
        stop();
        configuration = changed;
        if ("Enabled".equals(changed.state())) {
            start();
        }
    }
}
