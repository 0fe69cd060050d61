/**
 * One HTTP exchange, from the connection to the last byte. Only what reads its answers ({@code decode}), {@code call} and the door use it.
 * A {@code ByteBuf} is touched here, and by the decoders it is handed to while they are called; none leaves.
 */
@NullMarked
package dev.darkroom.internal.http;

import org.jspecify.annotations.NullMarked;
