/** Tests of Step Functions on a manual clock. */
@NullMarked
package io.pileus.stepfunctions;

import org.jspecify.annotations.NullMarked;
