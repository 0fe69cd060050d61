/** OpenAI's Responses API with its image tool, as recorded and as its SDKs say. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.responses;

import org.jspecify.annotations.NullMarked;
