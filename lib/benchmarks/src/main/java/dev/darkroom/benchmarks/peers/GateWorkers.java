package dev.darkroom.benchmarks.peers;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.images.ImageGenerateParams;
import dev.darkroom.ImageClient;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import dev.darkroom.redis.RedisGateSettings;
import dev.darkroom.redis.RedisRateGate;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException.TooManyRequests;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** The workers of {@link Worker.Kind}. */
final class GateWorkers {

    private static final String MODEL = "openai/gpt-image-1-mini";
    private static final ImageRequest REQUEST =
            ImageRequest.of(MODEL, "a lighthouse at dawn").size(Size.pixels(16, 16));
    private static final String JSON = """
            {"model":"openai/gpt-image-1-mini","prompt":"a lighthouse at dawn","size":"16x16"}""";

    private GateWorkers() {}

    static Worker darkroom(URI emulator) {
        return of(client(emulator));
    }

    static Worker shared(URI emulator) {
        var gate = RedisRateGate.connect(RedisGateSettings.of(System.getProperty("fleet.redis"))
                .keyPrefix("bar-" + emulator.getPort()) // what was practised is another quota
                .instance(System.getProperty("fleet.instance", "one")));
        return of(client(emulator).rateLimits(r -> r.gate(gate).maxWait(Duration.ofMinutes(10))));
    }

    static Worker withoutGate(URI emulator) {
        return of(client(emulator).rateLimits(r -> r.gate(new OpenGate())));
    }

    private static ImageClient client(URI emulator) {
        return ImageClient.openRouter("sk-or-nobody").baseUrl(emulator + "/openrouter/api/v1");
    }

    private static Worker of(ImageClient client) {
        return () -> client.result(REQUEST).thenReturn(true).onErrorReturn(false);
    }

    static Worker webClient(URI emulator) {
        var client = WebClient.builder()
                .baseUrl(emulator + "/openrouter/api/v1")
                .defaultHeader("Authorization", "Bearer sk-or-nobody")
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(1 << 24))
                .build();
        var backoff = Retry.backoff(20, Duration.ofSeconds(1))
                .maxBackoff(Duration.ofSeconds(30))
                .filter(TooManyRequests.class::isInstance);
        return () -> client.post()
                .uri("/images")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JSON)
                .retrieve()
                .bodyToMono(String.class)
                .retryWhen(backoff)
                .thenReturn(true)
                .onErrorReturn(false);
    }

    /** It blocks a thread for each picture, so it gets as many as it wants. */
    static Worker openAi(URI emulator) {
        var client = OpenAIOkHttpClient.builder()
                .apiKey("sk-nobody")
                .baseUrl(emulator + "/openai/v1")
                .build();
        var request = ImageGenerateParams.builder()
                .model("gpt-image-1-mini")
                .prompt("a lighthouse at dawn")
                .build();
        var threads = Schedulers.fromExecutorService(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        return () -> Mono.fromCallable(() -> client.images().generate(request))
                .subscribeOn(threads)
                .thenReturn(true)
                .onErrorReturn(false);
    }

    /** Lets everybody pass at once. */
    private static final class OpenGate implements RateGate {

        @Override
        public Ticket enter(Quota quota, int cost) {
            return new OpenTicket();
        }

        @Override
        public List<GateState> states() {
            return List.of();
        }
    }

    private static final class OpenTicket implements Ticket, Permit {

        @Override
        public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
            return Mono.just(this);
        }

        @Override
        public void close() {}

        @Override
        public void accepted() {}

        @Override
        public void refused(@Nullable Instant until) {}

        @Override
        public void answeredOtherwise() {}

        @Override
        public void abandoned() {}
    }
}
