/** Faults on demand: what can go wrong, for how many requests, and how a request header or a test asks for it. */
@NullMarked
package dev.darkroom.emulator.fault;

import org.jspecify.annotations.NullMarked;
