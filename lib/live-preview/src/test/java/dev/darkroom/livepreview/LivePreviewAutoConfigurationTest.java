package dev.darkroom.livepreview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class LivePreviewAutoConfigurationTest {

    private static final AutoConfigurations OURS = AutoConfigurations.of(LivePreviewAutoConfiguration.class);
    private static final ImageGenerator FAKE = request -> Flux.never();

    @TempDir
    private Path folder;

    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
            .withConfiguration(OURS)
            .withBean("fake", ImageGenerator.class, () -> FAKE);

    @Test
    void previewsAreThereInAWebApplicationThatHasAGenerator() {
        servlet.run(context -> assertThat(context)
                .hasSingleBean(LivePreviews.class)
                .hasSingleBean(PictureStore.class)
                .hasBean("imagePreviewServlet"));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(OURS)
                .withBean("fake", ImageGenerator.class, () -> FAKE)
                .run(context ->
                        assertThat(context).hasSingleBean(LivePreviews.class).hasBean("imagePreviewRouter"));
    }

    @Test
    void thereAreNoneWithoutAServerOrAGeneratorOrWhereTheyAreSwitchedOff() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .withBean("fake", ImageGenerator.class, () -> FAKE)
                .run(context -> assertThat(context).doesNotHaveBean(LivePreviews.class));
        new WebApplicationContextRunner()
                .withConfiguration(OURS)
                .run(context -> assertThat(context).doesNotHaveBean(LivePreviews.class));
        servlet.withPropertyValues("darkroom.preview.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(LivePreviews.class));
    }

    @Test
    void aStoreAndAnAuthorizationOfTheApplicationReplaceOurs() {
        PictureStore store = new FilePictureStore(folder);
        PreviewAuthorization nobody = visit -> Mono.just(false);
        servlet.withBean("theirs", PictureStore.class, () -> store)
                .withBean("strict", PreviewAuthorization.class, () -> nobody)
                .run(context -> {
                    assertThat(context.getBean(PictureStore.class)).isSameAs(store);
                    assertThat(context.getBean(PreviewAuthorization.class)).isSameAs(nobody);
                });
    }

    @Test
    void ofSeveralGeneratorsThePrimaryOneIsAskedOrTheOneThatIsNamed() {
        servlet.withBean("other", ImageGenerator.class, () -> FAKE).run(context -> {
            var preview = context.getBean(LivePreviews.class).open();
            assertThat(preview.develop(ImageRequest.of("", "a fox"))
                            .materialize()
                            .block(Duration.ofMinutes(1))
                            .getThrowable())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("mark one as @Primary, or name one: preview.develop(generator, request)");
            assertThat(preview.develop(FAKE, ImageRequest.of("", "a fox")).block(Duration.ofMinutes(1)))
                    .isEqualTo(new Started(1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"path=images", "path=/images/", "path=/", "heartbeat=0s", "at-once=0", "previews=0"})
    void whatCannotBeIsRefusedAtTheStart(String property) {
        servlet.withPropertyValues("darkroom.preview." + property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("darkroom.preview." + property.substring(0, property.indexOf('='))));
    }
}
