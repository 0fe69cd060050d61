/**
 * A local image router: speaks the gateways of the image APIs, draws real pictures, fails on demand.
 *
 * <p>This package is the public entry, with {@code fault} and {@code journal} for tests to use; all other packages are
 * internal. {@code server} is one HTTP exchange, {@code picture} draws, {@code quota} limits rates. {@code gateway} has the
 * list of gateways, a folder for each, none of which knows another, {@code common} for what all do alike, and
 * {@code common.seedream} for what one model takes through whichever gateway. Dependencies run one way: entry to gateway,
 * gateway to server, picture and quota, server to fault and journal.
 */
@NullMarked
package dev.darkroom.emulator;

import org.jspecify.annotations.NullMarked;
