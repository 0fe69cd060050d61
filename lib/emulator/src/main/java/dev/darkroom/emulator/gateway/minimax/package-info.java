/** MiniMax's H3 image API, as its docs say and its other endpoints were observed. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.minimax;

import org.jspecify.annotations.NullMarked;
