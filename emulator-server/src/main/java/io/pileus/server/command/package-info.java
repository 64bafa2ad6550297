/**
 * What {@code pileus clock}, {@code pileus reset} and the like do: they ask a running server. Start at {@link
 * io.pileus.server.command.Commands}. It knows the control API's client, and nothing of the server.
 */
@NullMarked
package io.pileus.server.command;

import org.jspecify.annotations.NullMarked;
