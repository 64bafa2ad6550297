/** Event patterns. */
@NullMarked
package io.pileus.lambda.filter;

import org.jspecify.annotations.NullMarked;
