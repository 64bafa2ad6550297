/**
 * AWS's policy language: documents, and the logic that decides a request by them. Pure: it knows no service, no state and
 * no clock; everything it judges by is in the request. Start at {@link io.pileus.core.policy.PolicyEvaluation}.
 *
 * <p>{@link io.pileus.core.policy.PolicyParser} reads a document and says where it is wrong;
 * {@link io.pileus.core.policy.Statement} tells whether it applies to a request;
 * {@link io.pileus.core.policy.PolicyEvaluation} weighs identity policies, boundary, session policies and the resource's
 * policy as AWS documents it, and answers with the statements that led to the decision.
 */
@NullMarked
package io.pileus.core.policy;

import org.jspecify.annotations.NullMarked;
