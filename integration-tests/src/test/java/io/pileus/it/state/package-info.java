/** State that survives: restarts and kill -9 of real processes, and everything of all services. */
@NullMarked
package io.pileus.it.state;

import org.jspecify.annotations.NullMarked;
