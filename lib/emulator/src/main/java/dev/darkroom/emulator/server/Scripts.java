package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.FaultScript;

/**
 * The faults to come.
 *
 * @param generations for requests which make images
 * @param downloads for requests which fetch an image that was made
 */
public record Scripts(FaultScript generations, FaultScript downloads) {}
