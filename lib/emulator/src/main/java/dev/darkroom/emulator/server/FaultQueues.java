package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.FaultQueue;
import java.util.stream.Stream;

/**
 * The faults to come.
 *
 * @param generations for requests which make images
 * @param downloads for requests which fetch an image that was made
 * @param followUps for requests which ask about a generation, or end it, by its id
 * @param handshakes for connections by TLS
 */
public record FaultQueues(FaultQueue generations, FaultQueue downloads, FaultQueue followUps, FaultQueue handshakes) {

    /**
     * Nothing goes wrong yet.
     *
     * @return empty queues
     */
    public static FaultQueues empty() {
        return new FaultQueues(new FaultQueue(), new FaultQueue(), new FaultQueue(), new FaultQueue());
    }

    /** Forgets the faults which have not happened yet. */
    public void clear() {
        all().forEach(FaultQueue::clear);
    }

    /**
     * The number of faults which have not happened yet.
     *
     * @return 0 or more
     */
    public int remaining() {
        return all().mapToInt(FaultQueue::remaining).sum();
    }

    private Stream<FaultQueue> all() {
        return Stream.of(generations, downloads, followUps, handshakes);
    }
}
