/** Amazon SNS (2010-03-31): topics, subscriptions, publishing and fan-out. {@link io.pileus.sns.SnsService} lists the operations; each is served by the class of its subject. A publish decides under the topic's lock who shall receive, and delivers after the lock is released. */
@NullMarked
package io.pileus.sns;

import org.jspecify.annotations.NullMarked;
