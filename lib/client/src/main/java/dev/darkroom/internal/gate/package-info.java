/** The queue of a quota, and the law by which it is let through. */
@NullMarked
package dev.darkroom.internal.gate;

import org.jspecify.annotations.NullMarked;
