/** The gateways which the emulator speaks: a folder for each, none of which knows another, and one list. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway;

import org.jspecify.annotations.NullMarked;
