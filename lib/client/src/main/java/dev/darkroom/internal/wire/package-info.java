/**
 * Bytes to payloads: what a gateway sends becomes small JSON trees, with the images already lifted out as bytes.
 *
 * <p><strong>This room is closed.</strong> Its public types serve the other rooms of this library, are not exported to
 * applications, and may change in any release. It imports nothing of ours and knows no provider, no HTTP and no
 * Reactor: plain objects, fed with bytes by one thread at a time.
 *
 * <pre>
 *   PayloadReader ── ByteOrderMark ── Detection ─┬─ ServerSentEvents ─┬─ ImageLifter ─┬─ LiftedText ── Trees ── LiftedPayload
 *                                                └─ Document ─────────┘               └─ Lift ── ForgivingBase64 ── SegmentedBlob
 * </pre>
 */
@NullMarked
package dev.darkroom.internal.wire;

import org.jspecify.annotations.NullMarked;
