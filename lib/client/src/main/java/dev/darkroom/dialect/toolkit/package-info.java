/**
 * For who writes a {@link dev.darkroom.dialect.Dialect} of their own: what a status means where the gateway says nothing special,
 * and payloads for tests without a connection. {@link dev.darkroom.dialect.RetryHint} reads when to come back.
 */
@NullMarked
package dev.darkroom.dialect.toolkit;

import org.jspecify.annotations.NullMarked;
