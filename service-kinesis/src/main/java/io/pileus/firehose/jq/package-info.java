/**
 * The jq 1.6 language as far as a query on one record needs it, with every step counted.
 *
 * <p>A query comes from whoever may create a delivery stream and runs inside the server, so it is metered where it runs: steps, depth
 * and the size of what it makes ({@link io.pileus.firehose.jq.Meter}), and it can reach nothing but the record: no environment, no
 * files, no modules, no further input. Start at {@link io.pileus.firehose.jq.Jq}.
 */
@NullMarked
package io.pileus.firehose.jq;

import org.jspecify.annotations.NullMarked;
