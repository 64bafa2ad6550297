package io.pileus.cognito.identity;

import java.util.Map;

/**
 * A login that has been checked.
 *
 * @param provider the provider's name, as the Logins map has it
 * @param user the user's id at the provider
 * @param audience the client that the token was for
 * @param claims the token's claims
 */
record Login(String provider, String user, String audience, Map<String, Object> claims) {}
