/**
 * Where the state of all services is kept outside of them: {@link io.pileus.server.state.Persistence} in a directory, so that it
 * survives restarts, and {@link io.pileus.server.state.Snapshots} in memory and as files to carry about. What the state consists of is
 * the services' matter, and how they tell it that of {@code io.pileus.core.state}.
 */
@NullMarked
package io.pileus.server.state;

import org.jspecify.annotations.NullMarked;
