/**
 * KMS's state: keys and what belongs to them, aliases, grants, custom key stores. No protocol, no clock: every method that
 * depends on time is told the instant it is judged by. Start at {@link io.pileus.kms.state.KeyRing}.
 */
@NullMarked
package io.pileus.kms.state;

import org.jspecify.annotations.NullMarked;
