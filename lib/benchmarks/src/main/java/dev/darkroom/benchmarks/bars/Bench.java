package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Arguments;
import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the bars are measured: the server runs, children can be forked.
 *
 * @param server where it is
 * @param effort how much to do
 * @param jdk the home of the JDK which the children run on
 */
public record Bench(URI server, Effort effort, Path jdk) {

    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** With children on the JDK of this process. */
    public Bench(URI server, Effort effort) {
        this(server, effort, ChildJvm.JDK);
    }

    /** The same place, with children on another JDK. */
    Bench on(Path otherJdk) {
        return new Bench(server, effort, otherJdk);
    }

    /** Runs a child to its good end, and returns what it said. It may be told more than all are told. */
    Numbers run(
            Class<?> child, List<String> flags, Contender contender, Pace pace, Shape shape, int count, String... more)
            throws IOException, InterruptedException {
        try (var jvm = fork(child, flags, contender, pace, shape, count, more)) {
            var numbers = jvm.numbers();
            var exit = jvm.await(LONGEST);
            if (exit.isEmpty() || exit.getAsInt() != 0) {
                throw new IllegalStateException(child.getSimpleName() + " of " + contender + " ended with " + exit);
            }
            return numbers;
        }
    }

    /** Whether a child comes to a good end in this time. */
    boolean passes(Class<?> child, List<String> flags, Contender contender, Shape shape, int count, Duration limit)
            throws IOException, InterruptedException {
        try (var jvm = fork(child, flags, contender, Pace.FAST, shape, count)) {
            return jvm.await(limit).equals(OptionalInt.of(0));
        }
    }

    private ChildJvm fork(
            Class<?> child, List<String> flags, Contender contender, Pace pace, Shape shape, int count, String... more)
            throws IOException {
        var arguments = new ArrayList<>(new Arguments(contender, server, pace, shape, count).toList());
        arguments.addAll(List.of(more));
        return ChildJvm.fork(jdk, child, flags, arguments);
    }
}
