package dev.darkroom.gate;

import java.time.Instant;

/**
 * A request waits for its turn because the gateway refused it.
 *
 * @param quota what is exhausted
 * @param until when it is tried again, not earlier than the gateway said
 * @param attempt how many times it was refused, from 1
 */
public record Throttled(Quota quota, Instant until, int attempt) {}
