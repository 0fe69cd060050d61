package dev.darkroom.image;

/**
 * What became of a request of which a gateway keeps a record. Open: gateways keep adding values.
 *
 * @param value the value as it is on the wire, not blank
 */
public record StoredStatus(String value) {

    /** {@code completed}: the image is there. */
    public static final StoredStatus COMPLETED = of("completed");

    /** {@code failed}: there is none, and none will come. */
    public static final StoredStatus FAILED = of("failed");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it is on the wire, not blank
     */
    public StoredStatus {
        OpenValue.requireText("status", value);
    }

    /**
     * Any value, also one which is not listed here.
     *
     * @param value the value as it is on the wire, not blank
     * @return the status
     * @throws IllegalArgumentException if the value is blank
     */
    public static StoredStatus of(String value) {
        return new StoredStatus(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
