/** What ByteDance's Seedream models take, through whichever gateway. Closed: for dialects only. */
@NullMarked
package dev.darkroom.emulator.seedream;

import org.jspecify.annotations.NullMarked;
