/** JSON web tokens: signing keys, the tokens of a sign-in, and the check of an access token. Start at {@link io.pileus.cognito.idp.tokens.TokenIssuer}. */
@NullMarked
package io.pileus.cognito.idp.tokens;

import org.jspecify.annotations.NullMarked;
