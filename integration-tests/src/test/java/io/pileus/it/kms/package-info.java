/** KMS as real clients see it: the SDK for Java, the AWS CLI, the AWS Encryption SDK. */
@NullMarked
package io.pileus.it.kms;

import org.jspecify.annotations.NullMarked;
