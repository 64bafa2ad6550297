/** Lambda: functions, their settings and their invocation. Start at {@link io.pileus.lambda.LambdaService}. */
@NullMarked
package io.pileus.lambda;

import org.jspecify.annotations.NullMarked;
