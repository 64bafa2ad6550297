package io.pileus.stepfunctions;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.stepfunctions.model.TestStateInput;
import io.pileus.stepfunctions.model.TestStateOutput;
import io.pileus.stepfunctions.run.TaskRunner;
import java.util.concurrent.CompletionStage;

/**
 * Runs one state on its own.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html">TestState</a>
 */
final class TestStateOperations {
    private final ServiceEnvironment env;
    private final TaskRunner tasks;

    TestStateOperations(ServiceEnvironment env, TaskRunner tasks) {
        this.env = env;
        this.tasks = tasks;
    }

    CompletionStage<TestStateOutput> testState(TestStateInput input, CallContext call) {
        TestStateTrial trial = new TestStateTrial(env, tasks, input, call);
        env.workers().execute(trial::run);
        return trial.answer();
    }
}
