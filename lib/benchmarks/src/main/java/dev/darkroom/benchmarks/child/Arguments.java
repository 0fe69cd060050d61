package dev.darkroom.benchmarks.child;

import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.Pace;
import dev.darkroom.benchmarks.server.Shape;
import java.net.URI;
import java.util.List;

/**
 * What every child is told.
 *
 * @param contender who reads
 * @param server where the static server is
 * @param pace how it writes
 * @param shape what it writes
 * @param count how often, or for how many seconds
 */
public record Arguments(Contender contender, URI server, Pace pace, Shape shape, int count) {

    static Arguments parse(String[] arguments) {
        return new Arguments(
                Contender.valueOf(arguments[0]),
                URI.create(arguments[1]),
                Pace.valueOf(arguments[2]),
                Shape.parse(arguments[3]),
                Integer.parseInt(arguments[4]));
    }

    /** As a command line has them. */
    public List<String> toList() {
        return List.of(contender.name(), server.toString(), pace.name(), shape.toString(), Integer.toString(count));
    }

    URI base() {
        return server.resolve(pace.path(shape));
    }
}
