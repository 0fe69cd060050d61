package dev.darkroom.cli;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageOption;
import java.net.URI;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose API is spoken: one of the client's list of gateways, to which a jar on the class path adds its own.
 *
 * @param gateway where its key is found, who paints there by default, and how it is spoken to
 */
record Provider(GatewayProvider gateway) {

    /** As it is written on the command line, or anyhow. */
    static Provider of(String word) {
        try {
            return new Provider(Gateways.named(word));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + word + "' is none of " + names().collect(Collectors.joining(", ")), e);
        }
    }

    private static Stream<String> names() {
        return Gateways.all().stream().map(GatewayProvider::name);
    }

    /** What a shell may complete, and what the help says. */
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    /** Who paints if nobody is named. */
    String defaultModel() {
        return gateway.defaultModel();
    }

    /** The environment variable which holds the key. */
    String keyVariable() {
        return gateway.keyVariable();
    }

    /** A client of the real service, without a key. */
    ImageClient client() {
        return ImageClient.of(dialect());
    }

    /** How it speaks. */
    Dialect dialect() {
        return gateway.dialect();
    }

    /** An option by its name: one that means the same everywhere, or one of its own. */
    Optional<ImageOption<?>> option(String name) {
        return Stream.<ImageOption<?>>concat(gateway.options().stream(), ImageOption.common().stream())
                .filter(option -> option.name().equals(name))
                .findFirst();
    }

    /** Whether an emulator can stand in for the service. */
    boolean isKnownTo(RunningEmulator emulator) {
        return emulator.gateways().contains(dialect().name());
    }

    /** Where an emulator stands in for the service. */
    URI baseUrl(RunningEmulator emulator) {
        return emulator.baseUrl(dialect().name());
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return gateway.name();
    }
}
