/** Lambda as SDKs, the command line and the other services use it. */
package io.pileus.it.lambda;
