/** What Lambda remembers of an account in a region. Start at {@link io.pileus.lambda.state.LambdaState}. */
@NullMarked
package io.pileus.lambda.state;

import org.jspecify.annotations.NullMarked;
