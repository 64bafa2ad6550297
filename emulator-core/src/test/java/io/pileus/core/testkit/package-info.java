/** What the services' own tests stand on: an environment with time set by hand, and calls to make. Start at {@link io.pileus.core.testkit.TestEnvironment}. */
@NullMarked
package io.pileus.core.testkit;

import org.jspecify.annotations.NullMarked;
