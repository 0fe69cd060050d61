/**
 * A local image router: speaks the gateways of the image APIs, draws real pictures, fails on demand.
 *
 * <p>This package is the door. The rooms behind it: {@code fault} and {@code journal} are for tests to use; the others are
 * closed. {@code server} is one HTTP exchange, {@code picture} draws, {@code quota} counts, {@code desk} is what every
 * gateway does alike, {@code seedream} what one model takes through whichever gateway. The gateways, none of which knows
 * another: {@code openrouter}, {@code token360}, {@code myrouter}, {@code openai}, {@code ark}, {@code minimax}. Arrows:
 * door to gateways, gateways to seedream, desk and picture, desk to server and quota, server to fault and journal.
 */
@NullMarked
package dev.darkroom.emulator;

import org.jspecify.annotations.NullMarked;
