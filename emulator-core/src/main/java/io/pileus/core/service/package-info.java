/** The contract between the house and a service module: the operation table, the call, its errors, and the service's life. Start at {@link io.pileus.core.service.EmulatedService}. */
@NullMarked
package io.pileus.core.service;

import org.jspecify.annotations.NullMarked;
