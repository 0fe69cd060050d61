/** The vendors' own Java clients against the emulator. */
@NullMarked
package dev.darkroom.judge;

import org.jspecify.annotations.NullMarked;
