/**
 * Build time only: turns a Smithy model into the Java that a service module is written against. Start at
 * {@link io.pileus.codegen.GenerateMojo}, then {@link io.pileus.codegen.ModelGenerator}.
 */
package io.pileus.codegen;
