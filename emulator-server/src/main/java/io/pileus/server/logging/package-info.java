/** The log on the console, set up in code. Start at {@link io.pileus.server.logging.ConsoleLogging}. */
@NullMarked
package io.pileus.server.logging;

import org.jspecify.annotations.NullMarked;
