/** S3 as real clients reach it. */
@NullMarked
package io.pileus.it.s3;

import org.jspecify.annotations.NullMarked;
