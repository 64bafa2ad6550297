/** Amazon S3 (2006-03-01): buckets and objects, as far as the other services and ordinary tests need them. */
@NullMarked
package io.pileus.s3;

import org.jspecify.annotations.NullMarked;
