/** OpenRouter's Image API, as recorded. Closed: reached through the door only. */
@NullMarked
package dev.darkroom.emulator.gateway.openrouter;

import org.jspecify.annotations.NullMarked;
