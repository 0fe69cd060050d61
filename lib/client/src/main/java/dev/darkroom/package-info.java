/**
 * Where to begin: {@link dev.darkroom.ImageClient} makes images, and says what a gateway lists and keeps; {@link dev.darkroom.Gateways}
 * has all gateways by name; {@link dev.darkroom.RateGates} makes gates that several clients share.
 */
@NullMarked
package dev.darkroom;

import org.jspecify.annotations.NullMarked;
