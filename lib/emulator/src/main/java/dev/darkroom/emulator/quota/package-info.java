/** How many requests a key may make, on a clock which tests own. Internal: set through {@code ImageEmulator}. */
@NullMarked
package dev.darkroom.emulator.quota;

import org.jspecify.annotations.NullMarked;
