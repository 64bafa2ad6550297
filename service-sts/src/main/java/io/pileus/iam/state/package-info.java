/**
 * IAM's state: one {@link io.pileus.iam.state.IamAccount} per account, whose lock guards everything under it. Knows no
 * protocol and no clock. Start at {@link io.pileus.iam.state.IamAccount}.
 */
@NullMarked
package io.pileus.iam.state;

import org.jspecify.annotations.NullMarked;
