/** OpenRouter's Image API, as recorded. Closed: reached through the door only. */
@NullMarked
package dev.darkroom.emulator.openrouter;

import org.jspecify.annotations.NullMarked;
