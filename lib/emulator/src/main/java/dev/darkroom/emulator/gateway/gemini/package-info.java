/** Google's Gemini API, at AI Studio and at Vertex AI, as its reference, its SDKs and reports say. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.gemini;

import org.jspecify.annotations.NullMarked;
