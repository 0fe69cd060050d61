package dev.darkroom.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.testsupport.Seeds;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a generation says, and however it ends, is at the other end of JSON what it was, and no picture went twice. */
class AnyStreamTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().findAndAddModules().build();

    @Test
    void whatGoesThroughJsonIsWhatItWas() {
        Seeds.tries(300, seed -> {
            var made = new Made(new Random(seed));
            var lines = made.events()
                    .transform(JsonEvents.write())
                    .map(line -> MAPPER.writeValueAsString(line))
                    .collectList()
                    .block();
            var back = Flux.fromIterable(lines)
                    .map(line -> MAPPER.readValue(line, JsonEvent.class))
                    .transform(JsonEvents.read());

            assertThat(signals(back)).isEqualTo(signals(made.events()));
            assertThat(String.join("\n", lines).split("\"base64\"", -1)).hasSize(made.pictures + 1);
        });
    }

    /** As texts and values which can be compared. */
    private static List<Object> signals(Flux<ImageEvent> events) {
        var signals = new ArrayList<Object>();
        for (Signal<ImageEvent> signal : events.materialize().toIterable()) {
            if (signal.getThrowable() instanceof ImageException failure) {
                signals.add(failure.getClass() + failure.getMessage() + failure.reason() + failure.billed());
                signals.add(failure.details());
                signals.add(failure.partialResult());
            } else {
                signals.add(signal.hasValue() ? signal.get() : signal.getType());
            }
        }
        return signals;
    }

    /** A generation by chance: every event, images in any order, some announced and some not, an end or a failure. */
    private static final class Made {

        private final Random random;
        private final List<ImageEvent> events = new ArrayList<>();
        private final List<GeneratedImage> images = new ArrayList<>();
        private final List<ImageFailure> failures = new ArrayList<>();
        private ImageEvent.@Nullable Partial lastPartial;
        private @Nullable ImageException failure;
        private int pictures;

        Made(Random random) {
            this.random = random;
            var number = random.nextInt(4);
            for (var image = 0; image < number; image++) {
                for (var partial = random.nextInt(3); partial > 0; partial--) {
                    lastPartial = new ImageEvent.Partial(image, partial, picture(image));
                    events.add(lastPartial);
                }
                end(image);
            }
            if (random.nextBoolean()) {
                events.add(new ImageEvent.Completed(
                        new ImageResult(images, failures, null, null, "gen", null, List.of("a \"warning\"\n"))));
            } else {
                failure = failure();
            }
        }

        private void end(int image) {
            var chance = random.nextInt(4);
            if (chance == 0) {
                failures.add(new ImageFailure(image, "code", null));
                events.add(new ImageEvent.ImageFailed(failures.get(failures.size() - 1)));
                return;
            }
            var picture = chance == 1
                    ? GeneratedImage.at(image, "image/png", URI.create("https://images.example/" + image))
                    : picture(image);
            images.add(picture);
            if (random.nextBoolean()) {
                events.add(new ImageEvent.ImageReady(picture));
            }
        }

        private GeneratedImage picture(int index) {
            pictures++;
            var bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            var cut = random.nextInt(bytes.length);
            return GeneratedImage.of(
                    index,
                    "image/png",
                    List.of(ByteBuffer.wrap(bytes, 0, cut), ByteBuffer.wrap(bytes, cut, bytes.length - cut)));
        }

        private ImageException failure() {
            var partial = new PartialResult(lastPartial, images);
            return random.nextBoolean()
                    ? new GenerationFailedException("a", FailureDetails.NONE.withStatus(500), Billed.NO, partial)
                    : new OutcomeUnknownException(
                            OutcomeUnknownException.Reason.CUT, "b", FailureDetails.NONE, partial, null);
        }

        Flux<ImageEvent> events() {
            var all = Flux.fromIterable(events);
            return failure == null ? all : all.concatWith(Flux.error(failure));
        }
    }
}
