/**
 * AWS Key Management Service, API version 2014-11-01. Three ideas carry the package: a {@link io.pileus.kms.state.Key} is
 * one Region's view of {@link io.pileus.kms.state.RelatedKeys}, which own the lock and whatever a multi-Region key shares;
 * every state that depends on time (deletion, expiry, rotation) is settled against the instant of a request, never by a
 * timer; and generating or using key material happens outside the locks. {@link io.pileus.kms.KmsService} is the table of
 * contents.
 */
@NullMarked
package io.pileus.kms;

import org.jspecify.annotations.NullMarked;
