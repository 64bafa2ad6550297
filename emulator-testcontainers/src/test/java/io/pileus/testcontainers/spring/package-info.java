@NullMarked
package io.pileus.testcontainers.spring;

import org.jspecify.annotations.NullMarked;
