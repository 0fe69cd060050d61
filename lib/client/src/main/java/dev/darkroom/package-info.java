/** The door: {@link dev.darkroom.ImageClient}. */
@NullMarked
package dev.darkroom;

import org.jspecify.annotations.NullMarked;
