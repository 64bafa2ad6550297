/** Tells Spring Boot how to reach a {@link io.pileus.testcontainers.PileusContainer} that is a {@code @ServiceConnection}. */
@NullMarked
package io.pileus.testcontainers.spring;

import org.jspecify.annotations.NullMarked;
