/**
 * The scripts that a user puts into the container to seed it: found below one directory, one folder per stage, run in
 * order. {@link io.pileus.server.hooks.InitHooks} is the way in. It knows nothing of HTTP and of the services.
 */
@NullMarked
package io.pileus.server.hooks;

import org.jspecify.annotations.NullMarked;
