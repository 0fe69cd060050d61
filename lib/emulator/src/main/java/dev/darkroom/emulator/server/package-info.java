/** One HTTP exchange, whatever the dialect: bounded bodies, framing, delivery, transport faults. Closed: for dialects only. */
@NullMarked
package dev.darkroom.emulator.server;

import org.jspecify.annotations.NullMarked;
