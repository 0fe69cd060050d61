/** Seedream at Volcengine Ark and BytePlus ModelArk. */
@NullMarked
package dev.darkroom.internal.gateway.ark;

import org.jspecify.annotations.NullMarked;
