/**
 * Amazon Cognito user pools. {@link io.pileus.cognito.idp.CognitoIdpService} lists the operations; each {@code *Operations}
 * class holds one subject; {@code state} holds pools and users, {@code auth} signs users in, {@code tokens} issues JSON
 * web tokens, {@code triggers} calls Lambda functions, {@code oidc} serves the OAuth2 pages.
 *
 * <p>Pools, app clients and tokens are found by their ids across all accounts and regions, because the user-facing
 * operations come unsigned.
 */
@NullMarked
package io.pileus.cognito.idp;

import org.jspecify.annotations.NullMarked;
