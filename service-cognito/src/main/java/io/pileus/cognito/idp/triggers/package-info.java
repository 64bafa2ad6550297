/** The Lambda functions that a pool calls on its way, with AWS's events and answers. Start at {@link io.pileus.cognito.idp.triggers.Triggers}. */
@NullMarked
package io.pileus.cognito.idp.triggers;

import org.jspecify.annotations.NullMarked;
