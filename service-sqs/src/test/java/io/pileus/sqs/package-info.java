/** What SQS does, told through its operations with the time set by hand. {@link io.pileus.sqs.Sqs} is the language of it. */
@NullMarked
package io.pileus.sqs;

import org.jspecify.annotations.NullMarked;
