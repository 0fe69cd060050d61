package dev.darkroom.springai;

import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.spring.DarkroomAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.image.observation.ImageModelObservationConvention;
import org.springframework.ai.model.SpringAIModelProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * An {@link DarkroomImageModel} over the client that {@code darkroom.*} describes, or over whichever {@link ImageGenerator} is
 * the primary one. As with every provider of Spring AI's, {@code spring.ai.model.image} says which is wanted where there are
 * several: {@code darkroom} for this.
 *
 * <p>A bean of type {@link DarkroomImageOptions} holds for every request of it, one of type
 * {@link ImageModelObservationConvention} for its observations.
 */
@AutoConfiguration(
        after = DarkroomAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnProperty(name = SpringAIModelProperties.IMAGE_MODEL, havingValue = "darkroom", matchIfMissing = true)
@Conditional(DarkroomImageModelAutoConfiguration.OnGenerator.class)
public final class DarkroomImageModelAutoConfiguration {

    DarkroomImageModelAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    DarkroomImageModel darkroomImageModel(
            ImageGenerator images,
            ObjectProvider<DarkroomImageOptions> options,
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<ImageModelObservationConvention> convention,
            Environment environment) {
        var model = DarkroomImageModel.of(images)
                .provider(provider(environment))
                .observationRegistry(registry.getIfUnique(() -> ObservationRegistry.NOOP));
        var defaults = options.getIfAvailable();
        model = defaults == null ? model : model.options(defaults);
        var own = convention.getIfAvailable();
        return own == null ? model : model.observationConvention(own);
    }

    private static String provider(Environment environment) {
        var named = environment.getProperty("darkroom.provider", "");
        return named.isBlank() ? OpenRouter.NAME : named.strip();
    }

    /** Beside the default client an application may have a decorator of it, which the starter prefers: later than this asks. */
    static final class OnGenerator extends AnyNestedCondition {

        OnGenerator() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBean(name = "imageClient")
        static final class Usual {}

        @ConditionalOnSingleCandidate(ImageGenerator.class)
        static final class Single {}
    }
}
