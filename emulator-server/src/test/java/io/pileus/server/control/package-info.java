@NullMarked
package io.pileus.server.control;

import org.jspecify.annotations.NullMarked;
