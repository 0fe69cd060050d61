/** Azure OpenAI in Foundry: OpenAI's Images API behind a front door with words of its own. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.azure;

import org.jspecify.annotations.NullMarked;
