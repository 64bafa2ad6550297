@NullMarked
package io.pileus.testcontainers;

import org.jspecify.annotations.NullMarked;
