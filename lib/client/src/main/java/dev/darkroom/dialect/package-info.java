/**
 * What each API says: a request becomes a call, a payload becomes events, a refusal becomes an exception. Plain objects
 * which know neither Reactor nor Netty, so that a dialect is tested with text.
 */
@NullMarked
package dev.darkroom.dialect;

import org.jspecify.annotations.NullMarked;
