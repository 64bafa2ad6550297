/**
 * The assembly: everything that is made once and joined, the configuration, and the main program. Knows all services, by
 * {@link java.util.ServiceLoader}. Start at {@link io.pileus.server.Pileus}.
 */
@NullMarked
package io.pileus.server;

import org.jspecify.annotations.NullMarked;
