/** OpenAI's Images API, as recorded and as its SDKs say. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.openai;

import org.jspecify.annotations.NullMarked;
