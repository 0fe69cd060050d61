/** OpenRouter's Image API, as recorded. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.openrouter;

import org.jspecify.annotations.NullMarked;
