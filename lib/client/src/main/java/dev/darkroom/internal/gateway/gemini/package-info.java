/** Google's Gemini API, and Vertex AI, which speaks it too. */
@NullMarked
package dev.darkroom.internal.gateway.gemini;

import org.jspecify.annotations.NullMarked;
