package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the options of one request that an API does not take. It goes by what is taken, so that an option which is added
 * to the vocabulary is refused by every dialect until it knows better. {@link ImageOption#STREAM} is taken unless
 * a rule says otherwise: where nothing can be streamed the end comes alone.
 */
public final class OptionsTaken {

    private static final String NO_FIELD = "its API has no field for it";

    private final ImageRequest request;
    private final Map<ImageOption<?>, String> refused = new LinkedHashMap<>();

    /** Of the request's options, those which are not among the taken ones are refused. */
    public OptionsTaken(ImageRequest request, Collection<? extends ImageOption<?>> taken) {
        this.request = request;
        for (ImageOption<?> option : request.options()) {
            if (!option.equals(ImageOption.STREAM) && !taken.contains(option)) {
                refused.put(option, NO_FIELD);
            }
        }
    }

    /** Refuses an option, if it is set, unless the rule holds; an earlier reason is replaced. */
    public OptionsTaken require(boolean rule, ImageOption<?> option, String why) {
        if (!rule && request.options().contains(option)) {
            refused.put(option, why);
        }
        return this;
    }

    public Map<ImageOption<?>, String> refused() {
        return Collections.unmodifiableMap(refused);
    }
}
