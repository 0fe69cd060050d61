/** One HTTP exchange, whatever the gateway: bounded bodies, framing, transport faults. Internal: for gateways only. */
@NullMarked
package dev.darkroom.emulator.server;

import org.jspecify.annotations.NullMarked;
