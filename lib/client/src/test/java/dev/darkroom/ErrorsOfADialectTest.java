package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** An Error on an event loop would be nobody's. Here it ends its own call, at once, with that cause; the next one is well. */
class ErrorsOfADialectTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("m", "p");

    /** Where the dialect fails. */
    private enum Place {
        GENERATE(true),
        READING(false),
        READ(false),
        IS_COMPLETE(false),
        END(false),
        FAILURE(false);

        private final boolean beforeItIsSent;

        Place(boolean beforeItIsSent) {
            this.beforeItIsSent = beforeItIsSent;
        }
    }

    /** OpenAI's, but for one place, once. */
    private static final class Failing implements Dialect {

        private final Dialect other = new OpenAiDialect();
        private final Error error;
        private Place place;

        Failing(Place place, Error error) {
            this.place = place;
            this.error = error;
        }

        private void pass(Place here) {
            if (place == here) {
                throw error;
            }
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public URI baseUrl() {
            return other.baseUrl();
        }

        @Override
        public ApiCall generate(ImageRequest request) {
            pass(Place.GENERATE);
            return other.generate(request);
        }

        @Override
        public ImageException failure(Reply reply, byte[] body) {
            pass(Place.FAILURE);
            return other.failure(reply, body);
        }

        @Override
        public Reading reading(ImageRequest request, Reply reply) {
            pass(Place.READING);
            var reading = other.reading(request, reply);
            return new Reading() {
                @Override
                public List<ImageEvent> read(Payload payload) {
                    pass(Place.READ);
                    return reading.read(payload);
                }

                @Override
                public boolean isComplete() {
                    pass(Place.IS_COMPLETE);
                    return reading.isComplete();
                }

                @Override
                public ImageException end() {
                    pass(Place.END);
                    return reading.end();
                }

                @Override
                public PartialResult partialResult() {
                    return reading.partialResult();
                }
            };
        }
    }

    private final FileServer server = new FileServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private void answer(int status, String type, String body) {
        server.put(
                "/v1/images/generations",
                (request, response) ->
                        response.status(status).header("Content-Type", type).sendString(Mono.just(body)));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anErrorEndsItsOwnCallAtOnceWithThatCauseAndTheNextIsWell(Place place) {
        var document = "{\"data\":[{\"b64_json\":\"iVBORw0KGgoBAgM=\"}]}";
        for (Supplier<Error> error : List.<Supplier<Error>>of(
                () -> new OutOfMemoryError("heap"),
                StackOverflowError::new,
                () -> new NoClassDefFoundError("x"),
                () -> new AssertionError("x"))) {
            var thrown = error.get();
            var dialect = new Failing(place, thrown);
            var client = ImageClient.of(dialect)
                    .apiKey("sk-test")
                    .rateLimits(r -> r.gate(RateGates.inMemory()))
                    .baseUrl(server.url("/v1").toString());
            switch (place) {
                case END -> answer(200, "text/event-stream", ": nothing\n\n");
                case FAILURE -> answer(500, "application/json", "{}");
                default -> answer(200, "application/json", document);
            }
            var failure = catchThrowableOfType(
                    ImageException.class, () -> client.result(REQUEST).block(PATIENCE));
            assertThat(failure)
                    .isInstanceOf(place.beforeItIsSent ? RejectedException.class : OutcomeUnknownException.class)
                    .extracting(Throwable::getCause)
                    .isSameAs(thrown);

            dialect.place = null;
            answer(200, "application/json", document);
            assertThat(client.result(REQUEST).block(PATIENCE).images()).hasSize(1);
            client.close();
        }
    }
}
