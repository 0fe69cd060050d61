/**
 * Who may send, and when: the gate which all calls of a quota share. Calls {@linkplain dev.darkroom.gate.RateGate#enter
 * enter} and hold a {@link dev.darkroom.gate.Ticket}; a ticket has {@linkplain dev.darkroom.gate.Permit turns}, and each permit
 * one outcome. The admission law inside is plain objects; the gate of the memory puts a line, a lock and a scheduler around
 * it.
 *
 * @serial exclude
 */
@NullMarked
package dev.darkroom.gate;

import org.jspecify.annotations.NullMarked;
