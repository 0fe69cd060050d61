/**
 * A rate gate which a fleet shares through Redis: {@link dev.darkroom.redis.RedisRateGate}.
 *
 * @serial exclude
 */
@NullMarked
package dev.darkroom.redis;

import org.jspecify.annotations.NullMarked;
