package dev.darkroom.spring;

import java.net.URI;

/**
 * The base URLs of an emulator which stands in for the gateways, if there is one. Knows the emulator's classes only where they are there.
 */
@FunctionalInterface
interface EmulatorBaseUrls {

    /** A key which the emulator takes, and nobody else. */
    String KEY = "sk-emulator";

    /**
     * Where a gateway is.
     *
     * @throws IllegalArgumentException if the emulator does not speak its API
     */
    URI baseUrl(String gateway);
}
