/** The values that travel: shapes that read and write themselves, and the schema that tells a protocol how. Start at {@link io.pileus.core.shape.Shape}. Knows no protocol and no service. */
@NullMarked
package io.pileus.core.shape;

import org.jspecify.annotations.NullMarked;
