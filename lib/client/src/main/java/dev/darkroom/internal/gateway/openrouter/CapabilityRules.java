package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.image.Capability;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request against what a catalogue says a model takes. A parameter that is not listed is not taken; a model of which
 * nothing is listed says nothing, and a kind of capability which nobody knows forbids nothing.
 */
final class CapabilityRules {

    private static final int MOST_LISTED = 40;
    private static final int LONGEST = 60;

    private final List<String> faults = new ArrayList<>();

    private CapabilityRules() {}

    /** What is wrong, each with what would be right. */
    static List<String> faults(ImageRequest request, Map<String, Capability> supported) {
        var rules = new CapabilityRules();
        if (!supported.isEmpty()) {
            asked(request).forEach((name, value) -> rules.check(name, value, supported.get(name)));
            rules.references(request.references().size(), supported.get("input_references"));
        }
        return rules.faults;
    }

    /** What the request says under the names of the catalogue. */
    private static Map<String, Object> asked(ImageRequest request) {
        var asked = new LinkedHashMap<String, Object>();
        put(asked, "n", request.get(ImageOption.N).orElse(null));
        put(asked, "size", request.size());
        put(asked, "aspect_ratio", request.aspectRatio());
        put(asked, "resolution", request.resolution());
        put(asked, "quality", request.quality());
        put(asked, "output_format", request.outputFormat());
        put(
                asked,
                "output_compression",
                request.get(ImageOption.OUTPUT_COMPRESSION).orElse(null));
        put(asked, "background", request.background());
        put(asked, "seed", request.get(ImageOption.SEED).orElse(null));
        return asked;
    }

    private static void put(Map<String, Object> asked, String name, @Nullable Object value) {
        if (value != null) {
            asked.put(name, value);
        }
    }

    private void check(String name, Object value, @Nullable Capability capability) {
        if (capability == null) {
            faults.add(name + " is not listed among what it takes");
        } else if (capability instanceof Capability.Values values) {
            require(
                    values.values().contains(value.toString()),
                    name + " must be one of " + listed(values.values()) + ", not " + value);
        } else if (capability instanceof Capability.Range range && value instanceof Number number) {
            range(name, number.longValue(), range);
        }
    }

    /** They come from a server, and end in a message. */
    private static String listed(List<String> values) {
        var few = values.stream()
                .limit(MOST_LISTED)
                .map(value -> value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value)
                .collect(Collectors.joining(", "));
        return values.size() > MOST_LISTED ? few + ", …" : few;
    }

    private void references(int count, @Nullable Capability capability) {
        if (capability instanceof Capability.Range range) {
            range("the number of references", count, range);
        } else {
            require(count == 0 || capability != null, "references are not listed among what it takes");
        }
    }

    private void range(String name, long value, Capability.Range range) {
        var exact = BigDecimal.valueOf(value);
        require(
                exact.compareTo(range.min()) >= 0 && exact.compareTo(range.max()) <= 0,
                name + " must be " + range.min().toPlainString() + " to "
                        + range.max().toPlainString() + ", not " + value);
    }

    private void require(boolean rule, String fault) {
        if (!rule) {
            faults.add(fault);
        }
    }
}
