package dev.darkroom.spring;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * Names and tags of an observed generation. A bean of this type replaces the usual ones; it must keep the number of different
 * tag values small, and say nothing of prompts.
 */
public interface ImageGenerationObservationConvention
        extends GlobalObservationConvention<ImageGenerationObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof ImageGenerationObservationContext;
    }
}
