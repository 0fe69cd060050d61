/** Which addresses a download may connect to: plain objects, which resolve nothing and connect to nothing. */
@NullMarked
package dev.darkroom.internal.address;

import org.jspecify.annotations.NullMarked;
