/** STS and IAM as the AWS SDK for Java and the AWS CLI see them. */
package io.pileus.it.sts;
