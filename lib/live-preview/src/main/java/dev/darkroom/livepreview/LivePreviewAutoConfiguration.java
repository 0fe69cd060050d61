package dev.darkroom.livepreview;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.spring.DarkroomAutoConfiguration;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Live previews in a web application, reactive or servlet, that has an {@link ImageGenerator}; {@code darkroom.preview.*} says how
 * many. A bean of type {@link PictureStore} or {@link PreviewAuthorization} replaces ours.
 */
@AutoConfiguration(after = DarkroomAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBean(ImageGenerator.class)
@ConditionalOnProperty(name = "darkroom.preview.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LivePreviewProperties.class)
@Import({ReactivePreviewConfiguration.class, ServletPreviewConfiguration.class})
public final class LivePreviewAutoConfiguration {

    LivePreviewAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(PictureStore.class)
    static FilePictureStore imagePreviewStore() throws IOException {
        return FilePictureStore.temporary();
    }

    @Bean
    @ConditionalOnMissingBean
    static PreviewAuthorization imagePreviewAuthorization() {
        return PreviewAuthorization.byOwner();
    }

    @Bean
    static LivePreviews livePreviews(
            LivePreviewProperties properties,
            PictureStore store,
            ObjectProvider<ImageGenerator> generators,
            ObjectProvider<ImageClient> clients) {
        return new LivePreviews(properties, store, generator(generators), new CostEstimates(clients.getIfUnique()));
    }

    private static Supplier<ImageGenerator> generator(ObjectProvider<ImageGenerator> generators) {
        return () -> {
            var only = generators.getIfUnique();
            if (only == null) {
                throw new IllegalStateException(
                        "There are several beans of type ImageGenerator: mark one as @Primary, or name"
                                + " one: preview.develop(generator, request)");
            }
            return only;
        };
    }

    @Bean
    static PreviewDoor imagePreviewDoor(LivePreviews previews, PreviewAuthorization authorization) {
        return new PreviewDoor(previews, authorization);
    }

    @Bean
    static PreviewRoutes imagePreviewRoutes(PreviewDoor door, LivePreviewProperties properties) {
        return new PreviewRoutes(door, properties);
    }
}
