/** Who calls, and what things are called: accounts, regions, ARNs, callers, and the one source of ids. Start at {@link io.pileus.core.identity.Caller}. */
@NullMarked
package io.pileus.core.identity;

import org.jspecify.annotations.NullMarked;
