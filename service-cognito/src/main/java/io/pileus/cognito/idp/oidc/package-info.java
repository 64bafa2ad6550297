/**
 * The OAuth2 and OpenID Connect endpoints of user pools and the pages around them: the only part of Cognito that speaks
 * HTTP. Start at {@link io.pileus.cognito.idp.oidc.CognitoRoutes}.
 */
@NullMarked
package io.pileus.cognito.idp.oidc;

import org.jspecify.annotations.NullMarked;
