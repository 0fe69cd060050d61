/**
 * What all gateways do alike: check keys and quotas, read request fields, render pictures in time, hand out URLs, and
 * bring about faults. Each gateway has its own wire format for it. Internal: for gateways only.
 */
@NullMarked
package dev.darkroom.emulator.gateway.common;

import org.jspecify.annotations.NullMarked;
