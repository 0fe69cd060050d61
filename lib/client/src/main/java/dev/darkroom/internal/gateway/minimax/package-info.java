/** MiniMax H3 Image. */
@NullMarked
package dev.darkroom.internal.gateway.minimax;

import org.jspecify.annotations.NullMarked;
