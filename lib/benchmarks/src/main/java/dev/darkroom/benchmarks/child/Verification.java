package dev.darkroom.benchmarks.child;

import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.peers.Peer;
import dev.darkroom.benchmarks.server.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads one stream and compares every byte, so that nobody is measured at doing something else. */
final class Verification {

    private Verification() {}

    static void of(Contender contender, Peer peer, Shape shape) {
        var images = new ArrayList<List<ByteBuffer>>();
        peer.read(images::add);
        int expected = contender == Contender.DRAIN ? 0 : shape.images();
        if (images.size() != expected) {
            throw new IllegalStateException(contender + " read " + images.size() + " images, not " + expected);
        }
        for (int i = 0; i < expected; i++) {
            if (!joined(images.get(i), shape.bytes(i)).equals(ByteBuffer.wrap(shape.image(i)))) {
                throw new IllegalStateException(contender + " read image " + i + " wrong");
            }
        }
    }

    private static ByteBuffer joined(List<ByteBuffer> segments, int size) {
        var whole = ByteBuffer.allocate(size);
        segments.forEach(whole::put);
        return whole.flip();
    }
}
