/**
 * The arithmetic of signing in: SRP, password hashes, the secret hash of app clients, one-time passwords. Pure functions
 * of their arguments; knows neither pools nor users. Start at {@link io.pileus.cognito.idp.crypto.SrpServer}.
 */
@NullMarked
package io.pileus.cognito.idp.crypto;

import org.jspecify.annotations.NullMarked;
