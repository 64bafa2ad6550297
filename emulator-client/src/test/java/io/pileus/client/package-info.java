@NullMarked
package io.pileus.client;

import org.jspecify.annotations.NullMarked;
