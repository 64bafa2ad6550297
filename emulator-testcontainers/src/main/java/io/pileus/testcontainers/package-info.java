/**
 * Pileus in a container, for Testcontainers. Start at {@link io.pileus.testcontainers.PileusContainer}; what Spring Boot needs lies
 * in a package of its own, because not everyone has Spring.
 */
@NullMarked
package io.pileus.testcontainers;

import org.jspecify.annotations.NullMarked;
