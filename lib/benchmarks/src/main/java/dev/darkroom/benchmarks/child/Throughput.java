package dev.darkroom.benchmarks.child;

/** Reads one stream after the other for some seconds, once the JVM is warm. */
public final class Throughput {

    private Throughput() {}

    /** See {@link Arguments}; the count is in seconds. */
    public static void main(String[] arguments) {
        var told = Arguments.parse(arguments);
        WarmUp.of(told);
        try (var peer = told.contender().connect(told.base())) {
            Verification.of(told.contender(), peer, told.shape());
            var start = Meters.read();
            int streams = WarmUp.readFor(told.count(), peer);
            var used = Meters.read().since(start);
            double decoded = (double) streams * told.shape().decodedBytes();
            Say.number("megabytesPerSecond", decoded * 1000 / used.nanos());
            Say.number("allocatedPerByte", used.allocated() / decoded);
            Say.number("cpuNanosPerByte", used.cpuNanos() / decoded);
            Say.number("collectionShare", used.collectionMillis() * 1e6 / used.nanos());
        }
        System.exit(0);
    }
}
