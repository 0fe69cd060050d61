/** OpenAI's Images API. */
@NullMarked
package dev.darkroom.internal.gateway.openai;

import org.jspecify.annotations.NullMarked;
