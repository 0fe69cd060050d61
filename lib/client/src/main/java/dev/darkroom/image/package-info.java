/**
 * The vocabulary: what is asked for, what comes back, and what can go wrong. Applications depend on
 * {@link dev.darkroom.image.ImageGenerator}; nothing here depends on a gateway, a wire format or a connection.
 *
 * @serial exclude
 */
@NullMarked
package dev.darkroom.image;

import org.jspecify.annotations.NullMarked;
