/**
 * The state of the services outside of them: saved to survive a restart, and as snapshots. A service tells a
 * {@link io.pileus.core.state.StateSink} each thing it has as a small record, and builds itself anew from what a
 * {@link io.pileus.core.state.StateSource} hands it; {@link io.pileus.core.service.EmulatedService} says when.
 *
 * <p>A saved record is made for the purpose ({@code SavedQueue}), beside the state machine it shows, of plain values: String,
 * numbers, boolean, enums, Instant, Duration, UUID, Blob, byte[], JsonNode, AccountId, Region, Arn, lists, sets, maps with keys of
 * these kinds that are text, records, Optional, sealed interfaces of records, and the records and unions of the generated models. What is
 * absent is null, or an empty Optional. A component that older data lacks is null, 0 or false; one that newer data has is ignored.
 * The JSON is {@link io.pileus.core.state.StateJson}'s matter: components by name, and no Java serialization.
 *
 * <p>Where it is kept is a {@link io.pileus.core.state.StateStore}'s matter; which changes go there, that of
 * {@link io.pileus.core.state.StateSaver}. Nothing here knows a service, a clock or a directory.
 */
@NullMarked
package io.pileus.core.state;

import org.jspecify.annotations.NullMarked;
