/**
 * What every dialect does alike: knows its guests, reads forms, counts quotas, makes pictures in time, hands out URLs,
 * and brings about faults. Each dialect has words of its own for it. Closed: for dialects only.
 */
@NullMarked
package dev.darkroom.emulator.desk;

import org.jspecify.annotations.NullMarked;
