package dev.darkroom.spring;

import java.net.URI;

/**
 * Where the emulator stands in for a gateway, if it does. Knows the emulator's classes only where they are there.
 */
@FunctionalInterface
interface EmulatedGateway {

    /** A key which the emulator takes, and nobody else. */
    String KEY = "sk-emulator";

    URI baseUrl(Provider provider);
}
