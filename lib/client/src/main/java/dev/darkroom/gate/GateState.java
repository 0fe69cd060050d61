package dev.darkroom.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gate looks like at one moment.
 *
 * @param quota whose gate
 * @param closedUntil when the next request may be tried; null if the gate is open. A gate that is held while a refusal is read
 *     is closed for that moment
 * @param waiting requests in line, 0 or more
 * @param inFlight requests sent, not refused, and not ended, 0 or more
 */
public record GateState(Quota quota, @Nullable Instant closedUntil, int waiting, int inFlight) {}
