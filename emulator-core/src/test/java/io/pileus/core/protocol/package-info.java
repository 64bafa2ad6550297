/** How JSON is read and written. */
@NullMarked
package io.pileus.core.protocol;

import org.jspecify.annotations.NullMarked;
