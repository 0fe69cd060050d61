/** Spring AI's image model over a Darkroom client. */
@NullMarked
package dev.darkroom.springai;

import org.jspecify.annotations.NullMarked;
