package dev.darkroom.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.spring.DarkroomAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.observation.DefaultImageModelObservationConvention;
import org.springframework.ai.image.observation.ImageModelObservationConvention;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;

/** Which bean there is, and when there is none. */
class AutoConfigurationTest {

    private static final ImageGenerator PAINTED = request -> {
        assertThat(request.user()).isEqualTo("u-1");
        return Flux.just(ImageEvent.completed(new byte[] {1}));
    };

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DarkroomAutoConfiguration.class, DarkroomImageModelAutoConfiguration.class));

    private ApplicationContextRunner withAKey() {
        return application.withPropertyValues("darkroom.api-key=sk-test");
    }

    @Test
    void aClientIsAnImageModel() {
        withAKey().run(context -> {
            assertThat(context).hasSingleBean(ImageModel.class).hasSingleBean(DarkroomImageModel.class);
            assertThat(context.getBean(DarkroomImageModel.class).toString()).contains("provider=openrouter");
        });
        withAKey()
                .withPropertyValues("darkroom.provider=ark")
                .run(context -> assertThat(
                                context.getBean(DarkroomImageModel.class).toString())
                        .contains("provider=ark"));
    }

    @Test
    void springAisPropertySaysWhoseModelIsWanted() {
        withAKey()
                .withPropertyValues("spring.ai.model.image=darkroom")
                .run(context -> assertThat(context).hasSingleBean(ImageModel.class));
        withAKey()
                .withPropertyValues("spring.ai.model.image=openai")
                .run(context ->
                        assertThat(context).hasSingleBean(ImageClient.class).doesNotHaveBean(ImageModel.class));
        withAKey()
                .withPropertyValues("spring.ai.model.image=none")
                .run(context -> assertThat(context).doesNotHaveBean(ImageModel.class));
    }

    @Test
    void ofSeveralClientsThePrimaryOneIsTaken() {
        withAKey()
                .withPropertyValues("darkroom.clients.thumbnails.model=a/b")
                .run(context -> assertThat(context).hasSingleBean(ImageModel.class));
        application
                .withPropertyValues("darkroom.clients.one.api-key=sk-1", "darkroom.clients.two.api-key=sk-2")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ImageModel.class));
    }

    @Test
    void aDecorationThatNothingMarksIsWhatPaints() {
        withAKey()
                .withBean("decorated", ImageGenerator.class, () -> PAINTED)
                .withBean(DarkroomImageOptions.class, () -> DarkroomImageOptions.of(request -> request.user("u-1")))
                .run(context -> assertThat(context.getBean(ImageModel.class)
                                .call(new ImagePrompt("dawn"))
                                .getResults())
                        .hasSize(1));
    }

    @Test
    void aPrimaryDecorationOfTheClientIsWhatPaints() {
        withAKey()
                .withBean("decorated", ImageGenerator.class, () -> PAINTED, definition -> definition.setPrimary(true))
                .withBean(DarkroomImageOptions.class, () -> DarkroomImageOptions.of(request -> request.user("u-1")))
                .run(context -> assertThat(context.getBean(ImageModel.class)
                                .call(new ImagePrompt("dawn"))
                                .getResults())
                        .hasSize(1));
    }

    @Test
    void anotherModelOfTheApplicationMayBeBuiltOfANamedClient() {
        withAKey()
                .withBean("mine", DarkroomImageModel.class, () -> DarkroomImageModel.of(PAINTED))
                .run(context ->
                        assertThat(context).hasSingleBean(ImageModel.class).hasBean("mine"));
    }

    @Test
    void aPrimaryDecorationOfAModelIsWelcome() {
        withAKey()
                .withBean(
                        "decorated",
                        ImageModel.class,
                        () -> prompt -> {
                            throw new UnsupportedOperationException();
                        },
                        definition -> definition.setPrimary(true))
                .run(context -> assertThat(context).getBeans(ImageModel.class).hasSize(2));
    }

    @Test
    void theApplicationsGeneratorOptionsRegistryAndConventionAreUsed() {
        var registry = TestObservationRegistry.create();
        application
                .withBean(ImageGenerator.class, () -> PAINTED)
                .withBean(DarkroomImageOptions.class, () -> DarkroomImageOptions.of(request -> request.user("u-1")))
                .withBean(ObservationRegistry.class, () -> registry)
                .withBean(ImageModelObservationConvention.class, Renamed::new)
                .run(context -> assertThat(context.getBean(ImageModel.class)
                                .call(new ImagePrompt("dawn"))
                                .getResults())
                        .hasSize(1));
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("renamed");
    }

    private static final class Renamed extends DefaultImageModelObservationConvention {

        @Override
        public String getName() {
            return "renamed";
        }
    }

    @Test
    void withoutSettingsAModelPaintsWhatTheGeneratorPaints() {
        var model = DarkroomImageModel.of(PAINTED).options(DarkroomImageOptions.of(request -> request.user("u-1")));

        assertThat(model.call(new ImagePrompt("dawn")).getResult().getOutput().getB64Json())
                .isEqualTo("AQ==");
    }

    @Test
    void springBootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(DarkroomImageModelAutoConfiguration.class.getName());
    }

    @Test
    void editorsKnowTheProperty() throws IOException {
        var texts = new ArrayList<String>();
        for (var url : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (var file = url.openStream()) {
                texts.add(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(texts)
                .anySatisfy(text -> assertThat(text).contains("\"spring.ai.model.image\"", "\"value\": \"darkroom\""));
    }
}
