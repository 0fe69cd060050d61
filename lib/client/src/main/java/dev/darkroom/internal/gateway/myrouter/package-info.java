/** Seedream at myrouter. */
@NullMarked
package dev.darkroom.internal.gateway.myrouter;

import org.jspecify.annotations.NullMarked;
