/**
 * A local image router: speaks the dialects of the image APIs, draws real pictures, fails on demand.
 *
 * <p>This package is the door. The rooms behind it: {@code fault} and {@code journal} are for tests to use;
 * {@code server} (one HTTP exchange), {@code openrouter} (a dialect) and {@code picture} (drawing) are closed.
 * Arrows: door to dialects, dialects to server and picture, server to fault and journal.
 */
@NullMarked
package dev.darkroom.emulator;

import org.jspecify.annotations.NullMarked;
