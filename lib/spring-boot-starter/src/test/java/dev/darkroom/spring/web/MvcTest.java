package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.setup.MockMvcBuilders.webAppContextSetup;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is MVC's alone. */
@ExtendWith(OutputCaptureExtension.class)
class MvcTest {

    private final WebApplicationContextRunner context = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebAutoConfiguration.class,
                    HttpMessageConvertersAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class))
            .withBean(Controller.class);

    private static String answer(MockMvc mvc, String path) throws Exception {
        var begun = mvc.perform(get(path)).andReturn();
        begun.getAsyncResult(Servers.PATIENCE.toMillis());
        return mvc.perform(asyncDispatch(begun)).andReturn().getResponse().getContentAsString();
    }

    @Test
    void aMonoThatTheContainerMayCutOffIsWarnedOf(CapturedOutput output) {
        context.run(started -> assertThat(output)
                .containsOnlyOnce("spring.mvc.async.request-timeout")
                .contains("MvcTest$Controller#image")
                .doesNotContain("Controller#events"));
    }

    @Test
    void whoeverNamesALimitIsNotWarned(CapturedOutput output) {
        context.withPropertyValues("spring.mvc.async.request-timeout=5m")
                .run(started -> assertThat(output).doesNotContain("Concerned:"));
    }

    @Test
    void aTestWithoutAServerSeesTheEventsToo() {
        context.run(started -> assertThat(answer(
                        webAppContextSetup(started.getSourceApplicationContext())
                                .build(),
                        "/events"))
                .startsWith("[")
                .endsWith("]")
                .contains("\"type\":\"completed\""));
    }

    @Test
    void problemsCanBeSwitchedOff() {
        context.withPropertyValues("darkroom.web.problems=false").run(started -> {
            var mvc = webAppContextSetup(started.getSourceApplicationContext()).build();
            assertThatThrownBy(() -> answer(mvc, "/refused")).hasCauseInstanceOf(RejectedException.class);
        });
        context.run(started -> assertThat(answer(
                        webAppContextSetup(started.getSourceApplicationContext())
                                .build(),
                        "/refused"))
                .contains("urn:darkroom:problem:moderation"));
    }

    @RestController
    static class Controller {

        @GetMapping("/image")
        Mono<GeneratedImage> image() {
            return Mono.empty();
        }

        @GetMapping("/events")
        Flux<ImageEvent> events() {
            return Flux.just(ImageEvent.completed(new byte[] {1}));
        }

        @GetMapping("/refused")
        Flux<ImageEvent> refused() {
            return Flux.error(
                    new RejectedException(RejectedException.Reason.MODERATION, "refused", FailureDetails.NONE));
        }
    }
}
