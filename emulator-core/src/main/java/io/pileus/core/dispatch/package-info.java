/**
 * The way of a request from HTTP to an operation and back: guard, route, decode, validate, authorize, call, encode. Knows
 * the operation tables and the protocols, no service and no socket. Start at {@link io.pileus.core.dispatch.Dispatcher}.
 */
@NullMarked
package io.pileus.core.dispatch;

import org.jspecify.annotations.NullMarked;
