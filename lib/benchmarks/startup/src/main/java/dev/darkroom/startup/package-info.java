/** What the starter adds to the start of an application: two processes, one with it and one without, again and again. */
@NullMarked
package dev.darkroom.startup;

import org.jspecify.annotations.NullMarked;
