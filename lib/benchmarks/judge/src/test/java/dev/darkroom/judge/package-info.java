/** OpenAI's own Java client against the emulator. */
@NullMarked
package dev.darkroom.judge;

import org.jspecify.annotations.NullMarked;
