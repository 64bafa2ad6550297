/**
 * Amazon Cognito: user pools ({@code cognito-idp}), their OAuth2 pages, and identity pools ({@code cognito-identity}).
 * Start at {@link io.pileus.cognito.CognitoProvider}.
 */
@NullMarked
package io.pileus.cognito;

import org.jspecify.annotations.NullMarked;
