/** The wire protocols: bytes to values and back, driven by schemas, knowing no service. Start at {@link io.pileus.core.protocol.Protocol}. */
@NullMarked
package io.pileus.core.protocol;

import org.jspecify.annotations.NullMarked;
