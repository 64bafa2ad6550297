@NullMarked
package io.pileus.server.state;

import org.jspecify.annotations.NullMarked;
