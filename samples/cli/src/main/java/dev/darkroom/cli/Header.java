package dev.darkroom.cli;

/**
 * A header of one request. Whether the two can be one is for the client to say.
 *
 * @param name before the colon
 * @param value behind it
 */
record Header(String name, String value) {

    /** {@code Name: value}. */
    static Header parse(String word) {
        var colon = word.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "--header takes NAME:VALUE, such as 'HTTP-Referer: https://example.org'");
        }
        return new Header(
                word.substring(0, colon).strip(), word.substring(colon + 1).strip());
    }
}
