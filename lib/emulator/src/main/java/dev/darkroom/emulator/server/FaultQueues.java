package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.FaultQueue;

/**
 * The faults to come.
 *
 * @param generations for requests which make images
 * @param downloads for requests which fetch an image that was made
 */
public record FaultQueues(FaultQueue generations, FaultQueue downloads) {

    /**
     * Nothing goes wrong yet.
     *
     * @return two empty queues
     */
    public static FaultQueues empty() {
        return new FaultQueues(new FaultQueue(), new FaultQueue());
    }
}
