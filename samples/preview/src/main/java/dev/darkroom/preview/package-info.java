/** An application on live previews: a form that offers what each model can do, beside the element on which pictures develop. */
@NullMarked
package dev.darkroom.preview;

import org.jspecify.annotations.NullMarked;
