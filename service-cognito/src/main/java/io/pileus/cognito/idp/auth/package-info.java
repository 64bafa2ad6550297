/**
 * Signing in. {@link io.pileus.cognito.idp.auth.AuthFlows} starts a flow and takes the answers to its challenges; one class
 * per kind of proof; {@link io.pileus.cognito.idp.auth.SignInCompletion} decides what comes after the first factor.
 */
@NullMarked
package io.pileus.cognito.idp.auth;

import org.jspecify.annotations.NullMarked;
