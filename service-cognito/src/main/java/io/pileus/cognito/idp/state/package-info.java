/**
 * The state of user pools: pools, app clients, users, tokens, challenge sessions. No protocol, no clock: whoever changes
 * state says what time it is. Start at {@link io.pileus.cognito.idp.state.UserPool}.
 */
@NullMarked
package io.pileus.cognito.idp.state;

import org.jspecify.annotations.NullMarked;
