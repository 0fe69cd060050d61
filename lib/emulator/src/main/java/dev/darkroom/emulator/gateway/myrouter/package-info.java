/** myrouter's Seedream endpoints, as its pages and those of its siblings say. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.myrouter;

import org.jspecify.annotations.NullMarked;
