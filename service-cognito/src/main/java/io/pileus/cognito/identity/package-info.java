/**
 * Amazon Cognito identity pools (federated identities): AWS credentials for users of identity providers, developer
 * back ends and guests. Start at {@link io.pileus.cognito.identity.CognitoIdentityService}.
 */
@NullMarked
package io.pileus.cognito.identity;

import org.jspecify.annotations.NullMarked;
