package dev.darkroom.spring;

/**
 * A property whose value cannot be used, and may be a secret. Not Spring Boot's own exception for that: its report looks the value
 * up, whatever the exception says, and shows it.
 */
final class UnusableSecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;

    /**
     * Without the value.
     *
     * @param property where it is written
     * @param origin the file and line, or the variable; empty if nobody knows
     * @param why it cannot be used
     */
    UnusableSecretException(String property, String origin, String why) {
        super("the value of " + property + " (not shown" + (origin.isEmpty() ? "" : ", from " + origin)
                + ") cannot be used: " + why);
        this.property = property;
    }

    String property() {
        return property;
    }
}
