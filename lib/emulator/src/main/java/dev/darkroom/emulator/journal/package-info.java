/** What the emulator received and what became of it, images and money included, for assertions. */
@NullMarked
package dev.darkroom.emulator.journal;

import org.jspecify.annotations.NullMarked;
