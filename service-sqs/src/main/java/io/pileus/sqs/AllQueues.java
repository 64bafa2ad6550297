package io.pileus.sqs;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Settings;
import io.pileus.sqs.state.MovesUnderWay;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.QueueSurroundings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The root of SQS's state: the queues of every account and region, found by URL, ARN or name. */
final class AllQueues {
    private final Scopes<Queues> scopes = new Scopes<>(Queues::new);
    private final ServiceEnvironment environment;
    private final QueueSurroundings surroundings;
    private final QueueUrlStrategy urls;
    private final boolean enforcesPolicies;
    private final Map<Arn, List<Runnable>> arrivalTasks = new ConcurrentHashMap<>();

    AllQueues(ServiceEnvironment environment) {
        this.environment = environment;
        this.urls = QueueUrlStrategy.of(environment.settings());
        this.enforcesPolicies = environment.settings().flag("ENFORCE_IAM", false)
                && !environment.settings().flag("IAM_SOFT_MODE", false);
        this.surroundings = new QueueSurroundings(
                environment.clock(),
                environment.timers(),
                () -> UUID.fromString(environment.ids().uuid()),
                this::find,
                new MovesUnderWay());
    }

    QueueSurroundings surroundings() {
        return surroundings;
    }

    Settings settings() {
        return environment.settings();
    }

    Queues of(CallContext call) {
        return scopes.of(call);
    }

    Queues ownersOf(Queue queue) {
        return scopes.of(queue.identity().account(), queue.identity().region());
    }

    Optional<Queue> find(AccountId account, Region region, String name) {
        return scopes.find(account, region).flatMap(queues -> queues.find(name));
    }

    /** The queue of this ARN; empty as well when the ARN is none of a queue's. */
    Optional<Queue> find(Arn arn) {
        boolean spellsQueue =
                arn.service().equals("sqs") && AccountId.isValid(arn.account()) && Region.isValid(arn.region());
        return spellsQueue
                ? find(new AccountId(arn.account()), new Region(arn.region()), arn.resource())
                : Optional.empty();
    }

    /**
     * The queue that a request is about.
     *
     * @throws io.pileus.core.service.AwsException MissingParameter, InvalidAddress or QueueDoesNotExist
     */
    Queue required(@Nullable String queueUrl, CallContext call) {
        if (queueUrl == null || queueUrl.isEmpty()) {
            throw SqsErrors.missingParameter("QueueUrl");
        }
        QueueUrl url = QueueUrl.parse(queueUrl).orElseThrow(() -> SqsErrors.invalidAddress(queueUrl));
        AccountId account = url.account() == null ? call.account() : url.account();
        Region region = url.region() == null ? call.region() : url.region();
        return required(account, region, url.queueName(), call);
    }

    /**
     * The queue that a request is about which only the queue's own account may make, whatever the policy says. Where policies
     * are not enforced, everybody may make it.
     *
     * @throws io.pileus.core.service.AwsException as {@link #required}, and AccessDenied
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-customer-managed-policy-examples.html">Cross-account
     *     permissions do not apply to these actions</a>
     */
    Queue owned(@Nullable String queueUrl, String action, CallContext call) {
        Queue queue = required(queueUrl, call);
        checkOwner(queue, action, call);
        return queue;
    }

    void checkOwner(Queue queue, String action, CallContext call) {
        if (enforcesPolicies && !queue.identity().account().equals(call.caller().account())) {
            throw SqsErrors.accessDenied(call.caller(), action, queue.arn());
        }
    }

    /** @throws io.pileus.core.service.AwsException QueueDoesNotExist */
    Queue required(AccountId account, Region region, String name, CallContext call) {
        return find(account, region, name)
                .orElseThrow(() ->
                        account.equals(call.account()) ? SqsErrors.queueDoesNotExist() : SqsErrors.queueOutOfReach());
    }

    /** Has a task run when messages arrive at the queue of the ARN, from whenever there is one. */
    void onArrival(Arn arn, Runnable task) {
        List<Runnable> tasks = arrivalTasks.compute(arn, (a, old) -> {
            List<Runnable> list = old == null ? new CopyOnWriteArrayList<>() : old;
            list.add(task);
            return list;
        });
        find(arn).ifPresent(queue -> queue.onArrival(tasks));
    }

    void removeArrivalTask(Arn arn, Runnable task) {
        arrivalTasks.computeIfPresent(arn, (a, tasks) -> {
            tasks.remove(task);
            return tasks.isEmpty() ? null : tasks;
        });
    }

    /** Tells a queue that has just been made of the tasks that wait for it. */
    void attachArrivalTasks(Queue queue) {
        List<Runnable> tasks = arrivalTasks.get(queue.arn());
        if (tasks != null) {
            queue.onArrival(tasks);
        }
    }

    /** The URL of a queue for this caller. */
    String urlOf(Queue queue, CallContext call) {
        return urls.url(queue, call, environment.settings());
    }

    Queues of(AccountId account, Region region) {
        return scopes.of(account, region);
    }

    List<Queues> all() {
        return scopes.all();
    }

    void reset(ResetScope scope) {
        long nowMillis = environment.clock().millis();
        scopes.remove(scope).forEach(queues -> queues.close(nowMillis));
    }
}
