package dev.darkroom.gate;

import java.time.Instant;

/**
 * A request waits for its turn because the gateway refused it, or another one on the same quota, or because after such a
 * refusal requests leave at a pace.
 *
 * @param quota what is exhausted
 * @param until when this request may be tried at the earliest, not earlier than the gateway said
 * @param attempt how many times this request was refused; 0 if it waits because another was
 */
public record Throttled(Quota quota, Instant until, int attempt) {}
