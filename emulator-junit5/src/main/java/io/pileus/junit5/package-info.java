/**
 * The emulator in JUnit 5 tests: {@link io.pileus.junit5.PileusTest} starts it, or
 * {@link io.pileus.junit5.PileusExtension} registered by hand; a test takes its AWS clients and a
 * {@link io.pileus.junit5.PileusClient} as parameters.
 *
 * <p>Classes with the same configuration share one server, each in an account of its own. A class whose clock is moved by
 * hand has a server of its own, because a server has only one clock.
 */
@NullMarked
package io.pileus.junit5;

import org.jspecify.annotations.NullMarked;
