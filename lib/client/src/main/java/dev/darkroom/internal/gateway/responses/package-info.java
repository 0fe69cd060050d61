/** The image tool of OpenAI's Responses API. */
@NullMarked
package dev.darkroom.internal.gateway.responses;

import org.jspecify.annotations.NullMarked;
