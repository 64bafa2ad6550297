package io.pileus.sqs.state;

/**
 * Where a message is on its way.
 *
 * <pre>
 * Delayed  -- its delay ends -----------------------------&gt; Visible
 * Visible  -- a consumer receives it ---------------------&gt; InFlight
 * InFlight -- its visibility timeout ends, or is set to 0 -&gt; Visible
 * InFlight -- a consumer changes its visibility ----------&gt; InFlight
 * any      -- deleted, purged, expired, moved ------------&gt; (gone)
 * </pre>
 */
public sealed interface MessageState {

    /** Waiting for consumers; no consumer has it. */
    Visible VISIBLE = new Visible();

    /** The state that this one has become by then. */
    MessageState at(long nowMillis);

    /** Not yet visible for the first time. */
    record Delayed(long untilMillis) implements MessageState {
        @Override
        public MessageState at(long nowMillis) {
            return untilMillis <= nowMillis ? VISIBLE : this;
        }
    }

    /** Waiting for a consumer. */
    record Visible() implements MessageState {
        @Override
        public MessageState at(long nowMillis) {
            return this;
        }
    }

    /** Received by a consumer and not deleted. */
    record InFlight(long untilMillis) implements MessageState {
        @Override
        public MessageState at(long nowMillis) {
            return untilMillis <= nowMillis ? VISIBLE : this;
        }
    }
}
