package dev.darkroom.cli;

/**
 * A field for one provider behind a router.
 *
 * @param slug the provider's
 * @param field handed on as it is
 */
record RouteExtra(String slug, Field field) {

    /** {@code slug:field=JSON}. */
    static RouteExtra parse(String word) {
        var colon = word.indexOf(':');
        if (colon < 1 || colon > word.indexOf('=')) {
            throw new IllegalArgumentException("'" + word + "' is not SLUG:KEY=JSON; try black-forest-labs:steps=30");
        }
        return new RouteExtra(word.substring(0, colon), Field.parse(word.substring(colon + 1)));
    }
}
