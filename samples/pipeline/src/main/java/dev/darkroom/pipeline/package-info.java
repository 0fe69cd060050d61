/** Prompts in, pictures and a manifest out; stopped at any moment, gone on with, and never paid twice. */
@NullMarked
package dev.darkroom.pipeline;

import org.jspecify.annotations.NullMarked;
