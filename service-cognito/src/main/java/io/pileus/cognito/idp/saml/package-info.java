/**
 * What user pools need of SAML 2.0: an identity provider's metadata, a sign-in request, and the check of a signed
 * response. Parses no document type declarations. Start at {@link io.pileus.cognito.idp.saml.SamlResponse}.
 */
@NullMarked
package io.pileus.cognito.idp.saml;

import org.jspecify.annotations.NullMarked;
