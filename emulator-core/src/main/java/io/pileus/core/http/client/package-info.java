/** HTTP calls that the emulator makes to targets its users name. Start at {@link io.pileus.core.http.client.OutboundHttp}. */
@NullMarked
package io.pileus.core.http.client;

import org.jspecify.annotations.NullMarked;
