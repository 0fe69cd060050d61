/**
 * One HTTP exchange, from the connection to the last byte. Closed: only {@code dev.darkroom.internal.call} and the door use it.
 * Besides {@code wire} it is the only room which touches a {@code ByteBuf}, and none leaves it.
 */
@NullMarked
package dev.darkroom.internal.http;

import org.jspecify.annotations.NullMarked;
