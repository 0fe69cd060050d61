/**
 * Darkroom in a terminal: {@code darkroom generate | models | emulate}.
 *
 * <p>A command reads its options, opens a {@link dev.darkroom.cli.Service} and hands a
 * {@link dev.darkroom.cli.Display} to a {@link dev.darkroom.cli.GenerationViewer}, which takes the events of one generation
 * through the {@link dev.darkroom.cli.ImageSaver} (files) to the display (terminal, plain lines or JSON).
 */
@NullMarked
package dev.darkroom.cli;

import org.jspecify.annotations.NullMarked;
