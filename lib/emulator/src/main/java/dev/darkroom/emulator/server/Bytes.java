package dev.darkroom.emulator.server;

import java.util.Arrays;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** What can be done to bytes under way, whatever they mean. Each flux is given for one subscription. */
final class Bytes {

    private Bytes() {}

    static byte[] join(byte[]... parts) {
        var joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /** The first of them, and no more. */
    static Flux<byte[]> limited(Flux<byte[]> bytes, long limit) {
        return Flux.defer(() -> {
            var passed = new long[1];
            return bytes.<byte[]>handle((some, sink) -> {
                        int left = (int) Math.min(some.length, limit - passed[0]);
                        passed[0] += some.length;
                        sink.next(left == some.length ? some : Arrays.copyOf(some, left));
                        if (passed[0] >= limit) {
                            sink.complete();
                        }
                    })
                    .filter(some -> some.length > 0);
        });
    }

    /** All of them, those from a position on replaced by bytes which are neither ASCII nor UTF-8. */
    static Flux<byte[]> spoiled(Flux<byte[]> bytes, long from, int size) {
        return Flux.defer(() -> {
            var passed = new long[1];
            return bytes.map(some -> {
                long first = Math.max(from - passed[0], 0);
                long last = Math.min(from + size - passed[0], some.length);
                passed[0] += some.length;
                return first < last ? spoiled(some, (int) first, (int) last) : some;
            });
        });
    }

    static byte[] spoiled(byte[] bytes, int first, int last) {
        var copy = bytes.clone();
        for (int i = first; i < last; i++) {
            copy[i] = (byte) (0xF8 + i % 8);
        }
        return copy;
    }

    /** The same in other pieces. */
    static Flux<byte[]> sliced(Flux<byte[]> bytes, int size) {
        return bytes.concatMapIterable(some -> () -> IntStream.range(0, (some.length + size - 1) / size)
                .mapToObj(i -> Arrays.copyOfRange(some, i * size, Math.min(some.length, (i + 1) * size)))
                .iterator());
    }
}
