/** Cognito with the AWS SDK for Java, the AWS CLI, and JWT verifiers that know nothing of us. */
package io.pileus.it.cognito;
