/**
 * Bytes to payloads: what a gateway sends becomes small JSON trees, with the images already lifted out as bytes.
 *
 * <p>Its public types serve the rooms above it. Of ours it knows the limits it is given and the two interfaces of the gateways'
 * SPI that it implements; it knows no gateway, no HTTP and no Reactor: plain objects, fed with bytes by one thread at a time.
 *
 * <pre>
 *   PayloadReader ── ByteOrderMark ── Detection ─┬─ ServerSentEvents ─┬─ ImageLifter ─┬─ LiftedText ── Trees ── LiftedPayload
 *                                                └─ Document ─────────┘               └─ Lift ── ForgivingBase64 ── SegmentedBlob
 * </pre>
 */
@NullMarked
package dev.darkroom.internal.wire;

import org.jspecify.annotations.NullMarked;
