/**
 * AWS STS (API version 2011-06-15): temporary credentials, and who they make their holder.
 *
 * <p>Three ideas: an access key id encodes its account; a session token is sealed, so that a changed one is known for what
 * it is; a session remembers whom it makes the caller, with tags, source identity and session policies. Start at
 * {@link io.pileus.sts.StsService}; sessions live in {@link io.pileus.sts.Sessions}.
 */
@NullMarked
package io.pileus.sts;

import org.jspecify.annotations.NullMarked;
