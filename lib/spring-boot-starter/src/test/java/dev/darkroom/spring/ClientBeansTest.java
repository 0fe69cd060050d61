package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.RejectedException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.MapPropertySource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Clients are beans which the context closes, and so are the copies that an application makes beans of. */
class ClientBeansTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Sinks.Empty<Void> disconnected = Sinks.empty();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .doOnConnection(connection -> connection.onDispose(disconnected::tryEmitEmpty))
            .handle((request, response) ->
                    response.header("Content-Type", "application/json").sendString(Mono.just("{\"data\":[]}")))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Configuration(proxyBeanMethods = false)
    static class Copies {

        @Bean
        Painter painter(ImageClient hasty, ImageClient brief) {
            return new Painter(hasty, brief);
        }

        @Bean
        ImageClient hasty(ImageClient imageClient) {
            return imageClient.rateLimits(r -> r.maxWait(Duration.ZERO));
        }

        /** Lives shorter than its original, so nobody closes it. */
        @Bean(destroyMethod = "")
        @Scope("prototype")
        ImageClient brief(ImageClient imageClient) {
            return imageClient.timeouts(t -> t.silence(Duration.ofSeconds(1)));
        }
    }

    record Painter(ImageClient hasty, ImageClient brief) {}

    private AnnotationConfigApplicationContext context() {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        java.util.Map.of(
                                "darkroom.api-key",
                                "sk-test",
                                "darkroom.base-url",
                                "http://127.0.0.1:" + server.port())));
        context.register(DarkroomAutoConfiguration.class, Copies.class);
        context.refresh();
        return context;
    }

    @Test
    void theContextClosesACopyAndWithItTheConnectionsOfAll() {
        Painter painter;
        try (var context = context()) {
            painter = context.getBean(Painter.class);
            painter.hasty().catalogue().orElseThrow().models().blockLast(TIMEOUT);
        }

        disconnected.asMono().block(TIMEOUT);
        assertClosed(painter.hasty());
        assertClosed(painter.brief());
        assertThatCode(painter.brief()::close).as("once more").doesNotThrowAnyException();
    }

    @Test
    void aCopyThatLivesShorterThanItsOriginalIsLeftAlone() {
        try (var context = context()) {
            var painter = context.getBean(Painter.class);
            context.getBeanFactory().destroyBean("brief", painter.brief());

            assertThat(painter.hasty()
                            .catalogue()
                            .orElseThrow()
                            .models()
                            .collectList()
                            .block(TIMEOUT))
                    .isEmpty();
            assertThat(painter.brief()
                            .catalogue()
                            .orElseThrow()
                            .models()
                            .collectList()
                            .block(TIMEOUT))
                    .isEmpty();
        }
    }

    private static void assertClosed(ImageGenerator client) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        client.result(DarkroomAutoConfigurationTest.REQUEST).block(TIMEOUT))
                .withMessageContaining("the client was closed");
    }
}
