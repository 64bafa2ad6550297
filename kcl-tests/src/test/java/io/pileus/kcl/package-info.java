/** The Kinesis Client Library reads from the emulator, with DynamoDB Local for its leases. */
@NullMarked
package io.pileus.kcl;

import org.jspecify.annotations.NullMarked;
