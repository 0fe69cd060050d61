/**
 * Settings of a client, as immutable values with withers: {@code images.timeouts(t -> t.silence(ofMinutes(1)))}. Each is written
 * down here once: its name, unit, range and default, and what names it in an exception.
 */
@NullMarked
package dev.darkroom.settings;

import org.jspecify.annotations.NullMarked;
