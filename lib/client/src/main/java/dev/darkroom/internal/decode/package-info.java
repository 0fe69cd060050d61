/**
 * The body of a good answer to what it means: payloads to the events of a dialect's reading, or one document to a list. Counts
 * what its request keeps; knows nothing of trying again, and makes no exception of ours.
 */
@NullMarked
package dev.darkroom.internal.decode;

import org.jspecify.annotations.NullMarked;
