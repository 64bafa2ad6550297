/**
 * The control API of a running Pileus, for tests and tools in Java; needs nothing but the JDK. Start at {@link
 * io.pileus.client.RemotePileus}. It knows nothing of the server's insides.
 */
@NullMarked
package io.pileus.client;

import org.jspecify.annotations.NullMarked;
