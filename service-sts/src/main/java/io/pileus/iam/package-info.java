/**
 * AWS IAM (API version 2010-05-08), as far as identity needs it: users, groups, roles, policies and what hangs on them, and
 * the enforcement of policies for every service. Start at {@link io.pileus.iam.IamService}.
 */
@NullMarked
package io.pileus.iam;

import org.jspecify.annotations.NullMarked;
