/**
 * The Responses API with its image tool, as whoever offers it speaks it: OpenAI, Azure, OpenRouter. Internal: for gateways only.
 */
@NullMarked
package dev.darkroom.emulator.gateway.common.responses;

import org.jspecify.annotations.NullMarked;
