package dev.darkroom.emulator.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said about a fault; what was not said is as the fault usually is. Immutable.
 *
 * @param values a {@code Long}, {@code Duration} or {@code String} for each parameter that was named
 */
public record FaultOptions(Map<FaultParameter, Object> values) {

    /** Nothing was said. */
    public static final FaultOptions NONE = new FaultOptions(Map.of());

    /**
     * Checks the ranges.
     *
     * @param values a value for each parameter that was named
     */
    public FaultOptions {
        values.forEach(FaultParameter::check);
        values = Map.copyOf(values);
    }

    /**
     * The same with one more.
     *
     * @param parameter which
     * @param value its value; null for as the fault usually is
     * @return a copy
     */
    public FaultOptions with(FaultParameter parameter, @Nullable Object value) {
        var more = new EnumMap<FaultParameter, Object>(FaultParameter.class);
        more.putAll(values);
        if (value == null) {
            more.remove(parameter);
        } else {
            more.put(parameter, value);
        }
        return new FaultOptions(more);
    }

    /**
     * Whether something was said.
     *
     * @param parameter about what
     * @return true if it was named
     */
    public boolean has(FaultParameter parameter) {
        return values.containsKey(parameter);
    }

    /**
     * A number.
     *
     * @param parameter which
     * @param usual the number if none was named
     * @return the number
     */
    public long number(FaultParameter parameter, long usual) {
        return values.get(parameter) instanceof Long number ? number : usual;
    }

    /**
     * A duration.
     *
     * @param parameter which
     * @return the duration, null if none was named
     */
    public @Nullable Duration duration(FaultParameter parameter) {
        return values.get(parameter) instanceof Duration duration ? duration : null;
    }

    /**
     * A text.
     *
     * @param parameter which
     * @return the text, null if none was named
     */
    public @Nullable String text(FaultParameter parameter) {
        return values.get(parameter) instanceof String text ? text : null;
    }
}
