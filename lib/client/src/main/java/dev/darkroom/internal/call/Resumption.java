package dev.darkroom.internal.call;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.decode.ReadingDecoder;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.internal.http.Downloads;
import dev.darkroom.internal.http.Transport;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * One subscription to a generation that was begun before, by whomever: of the corridor of a {@link Generation} the last steps alone.
 * Nothing is sent that costs anything, so there is no queue, and nothing to prepare.
 */
final class Resumption {

    private final Allowance allowance;
    private final Follow follow;
    private final Fetch fetch;
    private final String gateway;

    Resumption(Settings settings, Transport transport, Downloads downloads, FailureTranslator translator) {
        var clock = new Clock();
        var never = new Deadline(null, null, clock);
        this.gateway = translator.gateway();
        this.allowance = Allowance.of(settings.limits());
        this.follow = new Follow(
                settings,
                transport,
                translator,
                never,
                clock,
                new GenerationLog(gateway, "begun before", clock),
                () -> {});
        this.fetch = new Fetch(settings, downloads, allowance, never);
    }

    Flux<ImageEvent> events(Reading.Handle handle, String key) {
        var before = ReadingDecoder.of(null, new Before(gateway, handle), allowance, List.of());
        return Flux.using(() -> follow, following -> following.resumed(key, before), Follow::close)
                .transform(fetch::fetched);
    }

    /** What stands before the first answer: nothing was heard, and there is something to ask for. */
    private record Before(String gateway, Reading.Handle known) implements Reading {

        @Override
        public List<ImageEvent> read(Payload payload) {
            return List.of();
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public ImageException end() {
            return new OutcomeUnknownException(
                    OutcomeUnknownException.Reason.CUT,
                    gateway + " was not asked yet",
                    FailureDetails.NONE,
                    PartialResult.NOTHING,
                    null);
        }

        @Override
        public PartialResult partialResult() {
            return PartialResult.NOTHING;
        }

        @Override
        public Optional<Handle> handle() {
            return Optional.of(known);
        }
    }
}
