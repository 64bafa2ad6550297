/**
 * Runs a Java function in a process of its own against the Lambda Runtime API, where it does not bring AWS's runtime
 * interface client. Its classes are copied beside the function and know nothing but the JDK; the server never calls them.
 */
@NullMarked
package io.pileus.lambda.executor.bootstrap;

import org.jspecify.annotations.NullMarked;
