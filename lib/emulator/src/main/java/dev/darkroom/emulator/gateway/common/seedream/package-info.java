/** What ByteDance's Seedream models take, through whichever gateway. Internal: for gateways only. */
@NullMarked
package dev.darkroom.emulator.gateway.common.seedream;

import org.jspecify.annotations.NullMarked;
