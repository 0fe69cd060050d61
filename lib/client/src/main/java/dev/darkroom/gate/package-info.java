/**
 * Who may send, and when: the gate which all calls of a quota share. A call {@linkplain dev.darkroom.gate.RateGate#enter enters}
 * and holds a {@link dev.darkroom.gate.Ticket}, its place in the queue; each of its attempts has a
 * {@link dev.darkroom.gate.Permit}, which is told what became of it. Implement {@link dev.darkroom.gate.RateGate} to keep the gate
 * elsewhere; {@code dev.darkroom.RateGates} has one in memory.
 *
 * @serial exclude
 */
@NullMarked
package dev.darkroom.gate;

import org.jspecify.annotations.NullMarked;
