/** ByteDance's Ark (BytePlus ModelArk) image API, as its docs say and others measured. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.ark;

import org.jspecify.annotations.NullMarked;
