/** What SNS remembers: topics, subscriptions, platform applications and endpoints, SMS settings, the outbox. No protocol, no clock. Start at {@link io.pileus.sns.state.Topic}. */
@NullMarked
package io.pileus.sns.state;

import org.jspecify.annotations.NullMarked;
