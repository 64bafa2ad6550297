/** Event source mappings: what pulls from SQS and Kinesis and invokes functions. Start at {@link io.pileus.lambda.mapping.Mappings}. */
@NullMarked
package io.pileus.lambda.mapping;

import org.jspecify.annotations.NullMarked;
