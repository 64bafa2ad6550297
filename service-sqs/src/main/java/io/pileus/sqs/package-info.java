/**
 * Amazon SQS, API version 2012-11-05: standard and FIFO queues. Start at {@link io.pileus.sqs.SqsService}, which lists the
 * operations; classes named {@code …Operations} check and answer them; the queues themselves are in
 * {@link io.pileus.sqs.state}. Errors and limits are each in one place: {@link io.pileus.sqs.SqsErrors} and
 * {@link io.pileus.sqs.SqsLimits}.
 */
@NullMarked
package io.pileus.sqs;

import org.jspecify.annotations.NullMarked;
