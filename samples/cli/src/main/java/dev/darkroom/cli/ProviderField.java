package dev.darkroom.cli;

/**
 * A field for one provider behind a router.
 *
 * @param slug the provider's
 * @param field handed on as it is
 */
record ProviderField(String slug, JsonField field) {

    /** {@code slug:field=JSON}. */
    static ProviderField parse(String word) {
        var colon = word.indexOf(':');
        if (colon < 1 || colon > word.indexOf('=')) {
            throw new IllegalArgumentException("'" + word + "' is not SLUG:KEY=JSON; try black-forest-labs:steps=30");
        }
        return new ProviderField(word.substring(0, colon), JsonField.parse(word.substring(colon + 1)));
    }
}
