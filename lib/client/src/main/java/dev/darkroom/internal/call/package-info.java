/**
 * One subscription, a straight corridor: prepare, check, queue, send, decode, fetch. {@link dev.darkroom.internal.call.Generation}
 * has it step by step; {@link dev.darkroom.internal.call.Calls} has it and all that costs nothing. Only the door uses it.
 */
@NullMarked
package dev.darkroom.internal.call;

import org.jspecify.annotations.NullMarked;
