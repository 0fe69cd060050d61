package dev.darkroom.cli;

/** Which gateway to ask for what it keeps. The emulator inside keeps nothing for longer than a command lasts. */
final class KeeperOptions extends GatewayOptions {

    KeeperOptions() {
        super(Provider.TOKEN360);
    }

    Service open(Surroundings surroundings) {
        try {
            provider().dialect().storage();
        } catch (UnsupportedOperationException e) {
            throw mistake(e.getMessage() + "; --provider token360 does");
        }
        var key = key(surroundings);
        if (key == null && !hasBaseUrl()) {
            throw mistake(
                    "whose images? Name your key (" + provider().keyVariable() + " or --api-key). The emulator inside"
                            + " forgets its images when the program ends; one that goes on is 'darkroom emulate'");
        }
        return openReal(key);
    }
}
