package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.gate.RateGate;

/** Lets a client be observed. Knows Micrometer's classes only where they are there. */
@FunctionalInterface
interface ClientInstrument {

    ImageClient applyTo(ImageClient client, String name, Provider provider, RateGate gate);
}
