package dev.darkroom.benchmarks.child;

import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.peers.Peer;
import dev.darkroom.benchmarks.server.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the same number of bytes as one event and as many small ones, in turn. */
public final class Linear {

    private static final int WARM_UP = 3;

    private Linear() {}

    /** See {@link Arguments}; the shape is that of the many small events, the count is in streams of either kind. */
    public static void main(String[] arguments) {
        var told = Arguments.parse(arguments);
        var one = new Shape(0, Math.toIntExact(told.shape().decodedBytes()));
        try (var many = told.contender().connect(told.base());
                var large = told.contender()
                        .connect(told.server().resolve(told.pace().path(one)))) {
            Verification.of(Contender.DARKROOM, many, told.shape());
            Verification.of(Contender.DARKROOM, large, one);
            List<Double> ofMany = new ArrayList<>();
            List<Double> ofOne = new ArrayList<>();
            for (int i = 0; i < WARM_UP + told.count(); i++) {
                ofMany.add(seconds(many));
                ofOne.add(seconds(large));
            }
            Say.number("manyMegabytesPerSecond", told.shape().decodedBytes() / 1e6 / median(ofMany));
            Say.number("oneMegabytesPerSecond", one.decodedBytes() / 1e6 / median(ofOne));
            Say.number("ratio", median(ofOne) / median(ofMany));
        }
        System.exit(0);
    }

    private static double seconds(Peer peer) {
        long start = System.nanoTime();
        peer.read(image -> {});
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        var sorted =
                values.stream().skip(WARM_UP).mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
