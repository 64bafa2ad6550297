/** SNS through the AWS SDK, the AWS CLI and real receivers. */
package io.pileus.it.sns;
