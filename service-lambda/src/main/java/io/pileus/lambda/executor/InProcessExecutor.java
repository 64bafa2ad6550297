package io.pileus.lambda.executor;

import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.time.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Java function that a test or an embedder has registered. A run ends at the function's time-out on the emulator's
 * clock; its thread is interrupted then, since Java code cannot be ended otherwise.
 */
public final class InProcessExecutor implements FunctionExecutor {
    private final Function<Blob, Blob> function;
    private final ServiceEnvironment env;

    public InProcessExecutor(Function<Blob, Blob> function, ServiceEnvironment env) {
        this.function = function;
        this.env = env;
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation) {
        Run run = new Run(invocation);
        env.workers().execute(run);
        return run.outcome;
    }

    private final class Run implements Runnable {
        private final Invocation invocation;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        /** Who runs the function, for as long as it does; guarded by this. */
        private @Nullable Thread thread;

        Run(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void run() {
            Timers.Timer deadline = env.timers().at(env.clock().instant().plus(invocation.timeout()), this::timeOut);
            try {
                Outcome result = apply();
                deadline.cancel();
                outcome.complete(result);
            } catch (Error e) {
                deadline.cancel();
                outcome.completeExceptionally(e);
            }
        }

        private Outcome apply() {
            begin();
            try {
                return new Outcome.Returned(function.apply(invocation.payload()), "");
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                return Outcome.failed(e);
            } finally {
                end();
            }
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
        }

        /** The thread goes back to the pool as it came, without an interruption that was meant for the function. */
        private synchronized void end() {
            thread = null;
            Thread.interrupted();
        }

        private void timeOut() {
            outcome.complete(Outcome.timedOut(invocation, ""));
            interrupt();
        }

        private synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
