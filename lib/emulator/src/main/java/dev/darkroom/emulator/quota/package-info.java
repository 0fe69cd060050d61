/** How many requests a key may make, on a clock which tests own. Closed: set through the door. */
@NullMarked
package dev.darkroom.emulator.quota;

import org.jspecify.annotations.NullMarked;
