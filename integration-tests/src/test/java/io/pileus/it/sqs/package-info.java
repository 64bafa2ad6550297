/** SQS as real clients reach it: the AWS SDK for Java (sync, async, batch manager), JMS, the AWS CLI, boto3, and plain HTTP. */
@NullMarked
package io.pileus.it.sqs;

import org.jspecify.annotations.NullMarked;
