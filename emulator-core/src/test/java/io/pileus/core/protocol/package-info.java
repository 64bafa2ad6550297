/** What the protocols are made of; the protocols themselves are tried in the module protocol-tests. */
@NullMarked
package io.pileus.core.protocol;

import org.jspecify.annotations.NullMarked;
