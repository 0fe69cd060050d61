/**
 * What all APIs which speak OpenAI's Images API do alike, be it OpenAI's own, Azure's, or the image tool of the Responses API.
 * Internal: for gateways only.
 */
@NullMarked
package dev.darkroom.emulator.gateway.common.openai;

import org.jspecify.annotations.NullMarked;
