/** OpenRouter's Image API. */
@NullMarked
package dev.darkroom.internal.gateway.openrouter;

import org.jspecify.annotations.NullMarked;
