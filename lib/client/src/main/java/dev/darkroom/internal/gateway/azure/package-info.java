/** OpenAI's Images API at Azure. */
@NullMarked
package dev.darkroom.internal.gateway.azure;

import org.jspecify.annotations.NullMarked;
