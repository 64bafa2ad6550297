/**
 * Step Functions with the services that its tasks call, through the real SDK and command line. Start at
 * {@link io.pileus.it.stepfunctions.Workflows}.
 */
package io.pileus.it.stepfunctions;
