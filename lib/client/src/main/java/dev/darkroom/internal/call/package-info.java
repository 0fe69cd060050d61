/**
 * One subscription: demand, attempt, what the answer means, retry or not. Closed: only the door uses it.
 */
@NullMarked
package dev.darkroom.internal.call;

import org.jspecify.annotations.NullMarked;
