/**
 * The enforcement of policies on every operation of every service: which action and resources an operation is about
 * ({@link io.pileus.sts.enforcement.Actions}, {@link io.pileus.sts.enforcement.Resources}), what the resource's own policy
 * says, and the decision. Start at {@link io.pileus.sts.enforcement.Enforcement}.
 */
@NullMarked
package io.pileus.sts.enforcement;

import org.jspecify.annotations.NullMarked;
