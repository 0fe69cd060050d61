/** OpenAI's Images API, as recorded and as its SDKs say. Closed: reached through the door only. */
@NullMarked
package dev.darkroom.emulator.gateway.openai;

import org.jspecify.annotations.NullMarked;
