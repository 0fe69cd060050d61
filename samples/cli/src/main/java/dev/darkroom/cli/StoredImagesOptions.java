package dev.darkroom.cli;

/** Options of the commands for stored images: gateway and key. The emulator inside keeps nothing for longer than a command lasts. */
final class StoredImagesOptions extends GatewayOptions {

    StoredImagesOptions() {
        super(Provider.of("token360"));
    }

    Service open(ProcessContext process) {
        var dialect = provider().dialect();
        if (dialect.storage().isEmpty()) {
            throw usageError(dialect.name() + " keeps no images which could be listed; --provider token360 does");
        }
        var key = key(process);
        if (key == null && !hasBaseUrl()) {
            throw usageError("no API key: set " + provider().keyVariable() + " or --api-key. The emulator inside"
                    + " forgets its images when the program ends; one that goes on is 'darkroom emulate'");
        }
        return openReal(key);
    }
}
