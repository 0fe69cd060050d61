package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.ImageClient;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import reactor.core.publisher.Flux;

/** What an application adds stands beside the starter's clients, and takes their place only where it makes clients itself. */
@ExtendWith(OutputCaptureExtension.class)
class OwnBeansTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class));
    private final ApplicationContextRunner keyed = runner.withPropertyValues("darkroom.api-key=sk-test");
    private final ApplicationContextRunner withPosters =
            keyed.withPropertyValues("darkroom.clients.posters.drop-unsupported-options=true");

    @ParameterizedTest
    @ValueSource(classes = {PrimaryDecorator.class, PlainDecorator.class, DecoratorOfAGenerator.class})
    void aDecoratorIsWhatAnImageGeneratorMeansAndHasTheClientInside(Class<?> decorator) {
        for (var application : List.of(keyed, withPosters)) {
            application.withUserConfiguration(decorator).withBean(Gallery.class).run(context -> {
                var gallery = context.getBean(Gallery.class);
                assertThat(gallery.client).isSameAs(context.getBean("imageClient"));
                assertThat(gallery.generator)
                        .isInstanceOfSatisfying(
                                Logged.class, logged -> assertThat(logged.next).isSameAs(gallery.client));
            });
        }
    }

    @Test
    void oneBeanDecoratesAllClients() {
        var asked = new CopyOnWriteArrayList<String>();
        withPosters
                .withPropertyValues("darkroom.emulator.enabled=true", "darkroom.emulator.latency=0s")
                .withBean(
                        ImageClientCustomizer.class,
                        () -> (name, client) -> client.decorate(next -> request -> {
                            asked.add(name);
                            return next.generate(request);
                        }))
                .run(context -> {
                    for (var name : List.of("imageClient", "posters")) {
                        context.getBean(name, ImageClient.class)
                                .result(DarkroomAutoConfigurationTest.REQUEST)
                                .block(TIMEOUT);
                    }
                    assertThat(asked).containsExactly("imageClient", "posters");
                });
    }

    @Test
    void aCopyIsABeanBesideItsOriginalWhichIsMeantWithoutAName() {
        withPosters.withUserConfiguration(Copy.class).withBean(Wall.class).run(context -> {
            var wall = context.getBean(Wall.class);
            assertThat(wall.client).isSameAs(context.getBean("imageClient"));
            assertThat(wall.hasty).isNotSameAs(wall.client);
            assertThat(context.getBean(ImageGenerator.class)).isSameAs(wall.client);
        });
    }

    @Test
    void copiesAndADecoratorGetAlong() {
        withPosters
                .withUserConfiguration(Copy.class, PlainDecorator.class)
                .withBean(Gallery.class)
                .run(context -> {
                    var gallery = context.getBean(Gallery.class);
                    assertThat(gallery.client).isSameAs(context.getBean("imageClient"));
                    assertThat(gallery.generator).isInstanceOf(Logged.class);
                });
    }

    @Test
    void aClientOfTheApplicationsOwnIsTheOnlyOneAndIsClosedWithTheContext() {
        var own = new ImageClient[1];
        withPosters.withUserConfiguration(OwnClient.class).run(context -> {
            assertThat(context).hasSingleBean(ImageClient.class).doesNotHaveBean(RateGate.class);
            own[0] = context.getBean(ImageClient.class);
        });

        assertThat(own[0].generate(DarkroomAutoConfigurationTest.REQUEST)
                        .materialize()
                        .blockLast(TIMEOUT)
                        .getThrowable())
                .hasMessageContaining("the client was closed");
    }

    @Test
    void aFakeBesideAKeyIsWhatAnImageGeneratorMeans() {
        keyed.withUserConfiguration(Fake.class)
                .run(context -> assertThat(context.getBean(ImageGenerator.class))
                        .isSameAs(context.getBean("fake"))
                        .isNotInstanceOf(ImageClient.class));
    }

    @ParameterizedTest
    @ValueSource(classes = {CopyByField.class, CopyByConstructor.class})
    void aConfigurationMayHaveTheOriginalInjectedForItsCopies(Class<?> configuration) {
        keyed.withUserConfiguration(configuration).withBean(Wall.class).run(context -> {
            var wall = context.getBean(Wall.class);
            assertThat(wall.client).isSameAs(context.getBean("imageClient"));
            assertThat(wall.hasty).isNotSameAs(wall.client);
        });
    }

    @Test
    void aDecoratorWithoutAKeyIsToldToSetOne(CapturedOutput output) {
        start(PlainDecorator.class);
        assertThat(output)
                .contains("a generator of its own (logged) and no key")
                .contains("Set darkroom.api-key", "darkroom.emulator.enabled=true");
    }

    @Test
    void whoAsksForAnotherClientBesideHisOwnIsToldHowToHaveBoth(CapturedOutput output) {
        start(Asking.class, "--darkroom.clients.posters.api-key=sk-test");
        assertThat(output)
                .contains("(mine, of type ImageClient) takes the place")
                .contains("take an ImageClient as its parameter", "ImageClientCustomizer");
    }

    private static void start(Class<?> configuration, String... arguments) {
        var application =
                new SpringApplication(configuration, DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> application.run(arguments)).isInstanceOf(BeansException.class);
    }

    @Test
    void aClientSaysItsGatewayItsNameAndItsModel() {
        keyed.withPropertyValues(
                        "darkroom.model=openai/gpt-image-1-mini",
                        "darkroom.clients.posters.provider=ark",
                        "darkroom.clients.posters.api-key=sk-two")
                .run(context -> {
                    assertThat(context.getBean("imageClient"))
                            .asString()
                            .startsWith("ImageClient[openrouter, imageClient, openai/gpt-image-1-mini, ");
                    assertThat(context.getBean("posters")).asString().startsWith("ImageClient[ark, posters, ");
                });
    }

    record Logged(ImageGenerator next) implements ImageGenerator {
        @Override
        public Flux<ImageEvent> generate(ImageRequest request) {
            return next.generate(request);
        }
    }

    record Gallery(ImageGenerator generator, ImageClient client) {
        @Autowired
        Gallery {}
    }

    record Wall(ImageClient client, ImageClient hasty) {
        @Autowired
        Wall(ImageClient client, @Qualifier("hasty") ImageClient hasty) {
            this.client = client;
            this.hasty = hasty;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryDecorator {
        @Bean
        @Primary
        ImageGenerator logged(ImageClient images) {
            return new Logged(images);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PlainDecorator {
        @Bean
        ImageGenerator logged(ImageClient images) {
            return new Logged(images);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DecoratorOfAGenerator {
        @Bean
        Logged logged(ImageGenerator next) {
            return new Logged(next);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Copy {
        @Bean
        ImageClient hasty(ImageClient images) {
            return images.rateLimits(r -> r.maxWait(Duration.ZERO));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CopyByField {

        @Autowired
        private ImageClient images;

        @Bean
        ImageClient hasty() {
            return images.rateLimits(r -> r.maxWait(Duration.ZERO));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CopyByConstructor {

        private final ImageClient images;

        CopyByConstructor(ObjectProvider<ImageClient> images) {
            this.images = images.getObject();
        }

        @Bean
        ImageClient hasty() {
            return images.rateLimits(r -> r.maxWait(Duration.ZERO));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Asking {
        @Bean
        ImageClient mine() {
            return ImageClient.openAi("sk-mine");
        }

        @Bean
        String asking(@Qualifier("posters") ImageClient posters) {
            return posters.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {
        @Bean
        ImageClient mine() {
            return ImageClient.openAi("sk-mine");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Fake {
        @Bean
        ImageGenerator fake() {
            return request -> Flux.empty();
        }
    }
}
