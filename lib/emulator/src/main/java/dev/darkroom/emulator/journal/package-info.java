/** What the emulator received and what became of it, for assertions. */
@NullMarked
package dev.darkroom.emulator.journal;

import org.jspecify.annotations.NullMarked;
