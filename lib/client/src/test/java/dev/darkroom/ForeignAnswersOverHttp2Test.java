package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over HTTP/2 an answer names its request; one that names another, or none, is nobody's. */
class ForeignAnswersOverHttp2Test {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final String SOMEBODY_ELSES = RawGateway.document(99);

    private final ImageClient client = ImageClient.openRouter("sk-test")
            .rateLimits(r -> r.maxWait(Duration.ZERO))
            .customize(Http2Gateway::trusting)
            .connections(c -> c.http2(true));

    @AfterEach
    void stop() {
        client.close();
    }

    /** What a server, or a proxy before it, says besides the first answer. */
    private enum Surplus {
        A_SECOND_ANSWER {
            @Override
            void say(Http2Gateway.Request request) {
                request.answer();
                answer(request, request.stream());
            }
        },
        MORE_OF_THE_FIRST {
            @Override
            void say(Http2Gateway.Request request) {
                request.answer();
                request.frames().data(request.stream(), SOMEBODY_ELSES, true);
            }
        },
        AN_ANSWER_TO_THE_NEXT {
            @Override
            void say(Http2Gateway.Request request) {
                request.answer();
                answer(request, request.stream() + 2);
            }
        },
        AN_ANSWER_TO_ONE_FAR_AHEAD {
            @Override
            void say(Http2Gateway.Request request) {
                request.answer();
                answer(request, request.stream() + 100);
            }
        },
        AN_ANSWER_ON_A_STREAM_OF_ITS_OWN {
            @Override
            void say(Http2Gateway.Request request) {
                request.answer();
                answer(request, 2);
            }
        },
        A_PICTURE_THAT_IS_PUSHED {
            @Override
            void say(Http2Gateway.Request request) {
                request.frames().push(request.stream(), 2);
                answer(request, 2);
                request.answer();
            }
        },
        ONE_THAT_IS_PUSHED_FOR_THE_NEXT {
            @Override
            void say(Http2Gateway.Request request) {
                request.frames().push(request.stream(), request.stream() + 2);
                answer(request, request.stream() + 2);
                request.answer();
            }
        };

        abstract void say(Http2Gateway.Request request);

        static void answer(Http2Gateway.Request request, int stream) {
            request.frames().head(stream, 200).data(stream, SOMEBODY_ELSES, true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNamesAnotherRequestAnswersNobody(Surplus surplus) {
        try (var gateway = new Http2Gateway(request -> {
            if (request.number() == 1) {
                request.frames().atOnce(() -> surplus.say(request));
            } else {
                request.answer();
            }
        })) {
            var there = client.baseUrl(gateway.url());
            for (int i = 1; i <= 3; i++) {
                var told = there.result(REQUEST).materialize().block(PATIENCE);
                var asked = gateway.requests();
                assertThat(asked).as("sent once each").isEqualTo(i);
                if (told.isOnNext()) {
                    var bytes = told.get().first().asByteBuffer();
                    assertThat(bytes.get(bytes.limit() - 1)).isEqualTo((byte) i);
                }
                assertThat(told.isOnNext() || i < 3).as("it is well again").isTrue();
            }
        }
    }
}
