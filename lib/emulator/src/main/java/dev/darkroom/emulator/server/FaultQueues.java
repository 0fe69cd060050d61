package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.FaultQueue;

/**
 * The faults to come.
 *
 * @param generations for requests which make images
 * @param downloads for requests which fetch an image that was made
 * @param followUps for requests which ask about a generation, or end it, by its id
 */
public record FaultQueues(FaultQueue generations, FaultQueue downloads, FaultQueue followUps) {

    /**
     * Nothing goes wrong yet.
     *
     * @return empty queues
     */
    public static FaultQueues empty() {
        return new FaultQueues(new FaultQueue(), new FaultQueue(), new FaultQueue());
    }
}
