package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.gate.RateGate;

/** Adds observations to a client. Knows Micrometer's classes only where they are there. */
@FunctionalInterface
interface ClientInstrumentation {

    ImageClient applyTo(ImageClient client, String name, String provider, RateGate gate);
}
