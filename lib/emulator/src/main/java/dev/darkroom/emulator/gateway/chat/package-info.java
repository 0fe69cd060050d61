/** Chat completions with images, as OpenRouter and relays without an image API speak them. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.chat;

import org.jspecify.annotations.NullMarked;
