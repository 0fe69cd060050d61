/** JSON values that stand in a request: copied, and read from and written as text. Knows nothing else of ours. */
@NullMarked
package dev.darkroom.internal.json;

import org.jspecify.annotations.NullMarked;
