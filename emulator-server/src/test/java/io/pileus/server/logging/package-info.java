@NullMarked
package io.pileus.server.logging;

import org.jspecify.annotations.NullMarked;
