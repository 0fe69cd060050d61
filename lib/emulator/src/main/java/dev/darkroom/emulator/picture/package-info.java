/** Drawing: a prompt, a seed and a size become pixels, previews, files and markup. Closed: for dialects only. */
@NullMarked
package dev.darkroom.emulator.picture;

import org.jspecify.annotations.NullMarked;
