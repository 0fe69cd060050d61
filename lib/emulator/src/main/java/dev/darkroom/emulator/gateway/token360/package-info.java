/** token360's image API, as its pages and one field report say. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.token360;

import org.jspecify.annotations.NullMarked;
