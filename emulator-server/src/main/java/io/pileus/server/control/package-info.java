/** The server's own HTTP endpoints: clock, reset and request log, and those that users of LocalStack and moto expect. Start at {@link io.pileus.server.control.ControlEndpoints}. */
@NullMarked
package io.pileus.server.control;

import org.jspecify.annotations.NullMarked;
