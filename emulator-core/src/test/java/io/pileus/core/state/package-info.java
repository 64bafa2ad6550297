@NullMarked
package io.pileus.core.state;

import org.jspecify.annotations.NullMarked;
