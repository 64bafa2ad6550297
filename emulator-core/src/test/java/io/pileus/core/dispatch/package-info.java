@NullMarked
package io.pileus.core.dispatch;

import org.jspecify.annotations.NullMarked;
