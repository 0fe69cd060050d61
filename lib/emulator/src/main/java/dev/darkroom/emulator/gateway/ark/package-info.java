/** ByteDance's Ark (BytePlus ModelArk) image API, as its docs say and others measured. Closed: reached through the door only. */
@NullMarked
package dev.darkroom.emulator.gateway.ark;

import org.jspecify.annotations.NullMarked;
