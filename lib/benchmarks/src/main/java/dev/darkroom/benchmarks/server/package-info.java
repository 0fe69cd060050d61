/** The static server, a process of its own: it writes bytes which were built before, as fast as the socket takes them. */
@NullMarked
package dev.darkroom.benchmarks.server;

import org.jspecify.annotations.NullMarked;
