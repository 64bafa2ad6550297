/**
 * How tasks are done: Lambda, activities, nested executions, HTTP endpoints, every other service through the operation
 * caller, and mocks. Start at {@link io.pileus.stepfunctions.integration.Integrations}.
 */
@NullMarked
package io.pileus.stepfunctions.integration;

import org.jspecify.annotations.NullMarked;
