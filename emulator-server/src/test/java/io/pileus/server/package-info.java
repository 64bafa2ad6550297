@NullMarked
package io.pileus.server;

import org.jspecify.annotations.NullMarked;
