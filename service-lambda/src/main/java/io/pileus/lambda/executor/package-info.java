/** How a function runs: in process, by a script, at a remote endpoint, or as a local process. Start at {@link io.pileus.lambda.executor.FunctionExecutor}. */
@NullMarked
package io.pileus.lambda.executor;

import org.jspecify.annotations.NullMarked;
