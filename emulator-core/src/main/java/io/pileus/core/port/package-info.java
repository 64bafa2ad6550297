/** How services reach each other without knowing each other: deliveries, small ports with an answer, and the operation caller. Start at {@link io.pileus.core.port.Ports}. */
@NullMarked
package io.pileus.core.port;

import org.jspecify.annotations.NullMarked;
