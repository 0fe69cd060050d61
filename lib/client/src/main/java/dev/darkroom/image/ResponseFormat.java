package dev.darkroom.image;

/**
 * In which form an image is handed over. Open: gateways keep adding values.
 *
 * @param value the value as it goes on the wire, not blank
 */
public record ResponseFormat(String value) {

    /** {@code url}: the gateway keeps the image, for a day at most of them, and says where. */
    public static final ResponseFormat URL = of("url");

    /** {@code b64_json}: the image itself is in the answer. */
    public static final ResponseFormat BASE64 = of("b64_json");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it goes on the wire, not blank
     */
    public ResponseFormat {
        OpenValue.requireText("response format", value);
    }

    /**
     * Any value, also one which is not listed here.
     *
     * @param value the value as it goes on the wire, not blank
     * @return the response format
     * @throws IllegalArgumentException if the value is blank
     */
    public static ResponseFormat of(String value) {
        return new ResponseFormat(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
