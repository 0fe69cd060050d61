package dev.darkroom.emulator.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can be said about a fault, beside its name: {@code reset; bytes=1200}. Each fault takes some of them; a value is a whole
 * number, a duration or a text, and what it must look like is told to whoever mistypes it.
 */
public enum FaultParameter {
    /** For how many requests in a row. */
    TIMES(Type.NUMBER, 1, 1_000_000, "how many requests in a row meet the fault", "3"),
    /** How many whole events, or images, come before the fault. */
    AFTER(Type.NUMBER, 0, Integer.MAX_VALUE, "how many whole events (or images) come before the fault", "2"),
    /** A position in the answer, its head counted, or a length in bytes. */
    BYTES(
            Type.NUMBER,
            0,
            1L << 40,
            "a byte of the answer, counted from its first with its head, or a length in bytes",
            "1200"),
    /** A number of bytes. */
    SIZE(Type.NUMBER, 1, 1 << 20, "a number of bytes", "64"),
    /** Kilobytes a second. */
    RATE(Type.NUMBER, 1, 1 << 20, "kilobytes a second", "100"),
    /** How many of them. */
    COUNT(Type.NUMBER, 1, 10_000, "how many of them", "3"),
    /** An HTTP status. */
    STATUS(Type.NUMBER, 100, 599, "an HTTP status", "307"),
    /** An error code of HTTP/2. */
    CODE(Type.NUMBER, 0, 0xFF, "an error code of HTTP/2, such as 2 for INTERNAL_ERROR or 8 for CANCEL", "2"),
    /** When to come back. */
    RETRY_AFTER(Type.DURATION, 0, Integer.MAX_VALUE, "when to come back, in seconds or with a unit", "2"),
    /** How long a silence lasts. */
    LASTING(Type.DURATION, 0, Integer.MAX_VALUE, "how long it lasts, in seconds or with a unit", "500ms"),
    /** A pause between two writes. */
    DELAY(Type.DURATION, 0, Integer.MAX_VALUE, "the pause between two writes, in seconds or with a unit", "10ms"),
    /** Where a redirect leads. */
    LOCATION(Type.TEXT, 0, 0, "where it leads, an absolute URL", "http://localhost:8080/");

    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h)?");

    private final Type type;
    private final long min;
    private final long max;
    private final String meaning;
    private final String example;

    FaultParameter(Type type, long min, long max, String meaning, String example) {
        this.type = type;
        this.min = min;
        this.max = max;
        this.meaning = meaning;
        this.example = example;
    }

    private enum Type {
        NUMBER,
        DURATION,
        TEXT
    }

    /** {@return its name where a fault is ordered by text: in lower case, with dashes} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return a sentence for whoever mistyped it, with an example} */
    public String help() {
        var range = type == Type.NUMBER ? " (" + min + " or more)" : "";
        return word() + " is " + meaning + range + ", such as " + word() + "=" + example;
    }

    /**
     * Reads a value.
     *
     * @param text as it was typed
     * @return a {@code Long}, a {@code Duration} or a {@code String}, in range
     * @throws IllegalArgumentException if it is none; the message says what one is
     */
    Object parse(String text) {
        try {
            return check(
                    switch (type) {
                        case NUMBER -> Long.valueOf(text);
                        case DURATION -> duration(text).orElseThrow(NumberFormatException::new);
                        case TEXT -> text;
                    });
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(help() + "; \"" + text + "\" is not", e);
        }
    }

    /** The value, if it is in range. */
    Object check(Object value) {
        boolean right = value instanceof Long number
                ? number >= min && number <= max
                : value instanceof Duration duration
                        ? !duration.isNegative()
                        : !value.toString().isBlank();
        if (!right) {
            throw new IllegalArgumentException(help() + "; \"" + value + "\" is out of range");
        }
        return value;
    }

    private static Optional<Duration> duration(String text) {
        var match = AMOUNT.matcher(text);
        if (!match.matches() || match.group(1).length() > 9) {
            return Optional.empty();
        }
        double amount = Double.parseDouble(match.group(1));
        var unit = match.group(2) == null ? "s" : match.group(2);
        double nanos = switch (unit) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 1e9;
        };
        return Optional.of(Duration.ofNanos(Math.round(amount * nanos)));
    }
}
