package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class DecorationTest {

    private static final ImageRequest REQUEST = ImageRequest.of("any", "a lighthouse");

    private final List<String> heard = new ArrayList<>();
    private final ImageClient plain = ImageClient.of(new OpenRouterDialect());

    @AfterEach
    void stop() {
        plain.close();
    }

    private UnaryOperator<ImageGenerator> hears(String name) {
        return next -> request -> {
            heard.add(name);
            return next.generate(request);
        };
    }

    @Test
    void aDecorationIsKeptByEveryCopy() {
        var client = plain.decorate(hears("it"))
                .rateLimits(r -> r.maxWait(Duration.ZERO))
                .customize(http -> http)
                .timeouts(t -> t.connect(Duration.ofSeconds(1)));

        client.generate(REQUEST);

        assertThat(heard).containsExactly("it");
    }

    @Test
    void aLaterDecorationStandsOutsideOfAnEarlierOne() {
        plain.decorate(hears("inner")).decorate(hears("outer")).generate(REQUEST);

        assertThat(heard).containsExactly("outer", "inner");
    }

    @Test
    void theClientThatWasDecoratedStaysAsItWas() {
        plain.decorate(next -> request -> Flux.empty());

        plain.decorate(hears("its own")).generate(REQUEST);

        assertThat(heard).containsExactly("its own");
    }
}
