package dev.darkroom.benchmarks.peers;

import java.net.URI;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes pictures at a gateway which may refuse them, and tries again as its kind does. */
@FunctionalInterface
public interface Worker {

    /** One picture: true if it was made, false if the worker has given up. */
    Mono<Boolean> picture();

    /** So many pictures, so many at a time, all wanted from the start. */
    default Flux<Boolean> pictures(int count, int concurrency) {
        return Flux.range(0, count).flatMap(number -> picture(), concurrency, 1);
    }

    /** Who works, and how it tries again. */
    enum Kind {
        /** This library as it is. */
        DARKROOM("Darkroom"),
        /** This library with a gate that it shares through the Redis of the property {@code fleet.redis}. */
        SHARED("Darkroom, gate shared through Redis"),
        /** This library with a gate that lets everybody pass at once. */
        WITHOUT_GATE("Darkroom without a gate"),
        /** Spring's WebClient with Reactor's exponential backoff and its jitter, at most 30 s, 20 retries. */
        WEBCLIENT("WebClient + Retry.backoff"),
        /** openai-java as it is: two retries. */
        OPENAI_JAVA("openai-java");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** What tables call it. */
        public String title() {
            return title;
        }

        /** A worker at an emulator. */
        public Worker at(URI emulator) {
            return switch (this) {
                case DARKROOM -> GateWorkers.darkroom(emulator);
                case SHARED -> GateWorkers.shared(emulator);
                case WITHOUT_GATE -> GateWorkers.withoutGate(emulator);
                case WEBCLIENT -> GateWorkers.webClient(emulator);
                case OPENAI_JAVA -> GateWorkers.openAi(emulator);
            };
        }
    }
}
