/** Chat completions that answer with images: OpenRouter's, Vercel's, LiteLLM's, and those of many relays. */
@NullMarked
package dev.darkroom.internal.gateway.chat;

import org.jspecify.annotations.NullMarked;
