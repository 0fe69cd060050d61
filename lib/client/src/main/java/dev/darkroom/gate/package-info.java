/**
 * Who may send, and when. For now the words with which waiting is told; the gate which all calls of a quota share gets
 * its room here.
 */
@NullMarked
package dev.darkroom.gate;

import org.jspecify.annotations.NullMarked;
