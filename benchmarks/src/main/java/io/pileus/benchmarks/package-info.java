/**
 * What Pileus costs, as a ratio to a bare Netty server that answers a constant. Way in: {@code benchmarks/run-load}, which
 * runs {@link io.pileus.benchmarks.LoadRun}; JMH benchmarks run with {@code benchmarks/run-jmh}.
 */
@NullMarked
package io.pileus.benchmarks;

import org.jspecify.annotations.NullMarked;
