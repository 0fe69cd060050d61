package dev.darkroom.internal.call;

import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A generation that waits for what the catalogue says. The hard case is a catalogue that cannot be asked: nothing was sent
 * then, whatever became of the question, so that is what the failure says; who only wants warnings gets one more.
 */
final class CatalogueGuard {

    private final String gateway;
    private final CatalogueCheck check;
    private final Generation generation;

    CatalogueGuard(String gateway, CatalogueCheck check, Generation generation) {
        this.gateway = gateway;
        this.check = check;
        this.generation = generation;
    }

    Flux<ImageEvent> events(Mono<Estimate> quote) {
        var faults = generation.inTime(quote.map(Estimate::faults)).onErrorResume(ImageException.class, this::unasked);
        return faults.flatMapMany(this::begin);
    }

    private Mono<List<String>> unasked(ImageException failure) {
        if (check == CatalogueCheck.WARN) {
            return Mono.just(List.of("the catalogue of " + gateway + " could not be asked"));
        }
        var nothingSent = failure instanceof RejectedException
                || failure instanceof RateLimitedException
                || failure instanceof UnavailableException;
        return Mono.error(
                nothingSent
                        ? failure
                        : new UnavailableException(
                                "not sent: the catalogue of " + gateway + " could not be asked",
                                failure.details(),
                                null,
                                failure));
    }

    private Flux<ImageEvent> begin(List<String> faults) {
        if (faults.isEmpty()) {
            return generation.events();
        }
        if (check == CatalogueCheck.REFUSE) {
            return Flux.error(() -> new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent: the catalogue of " + gateway + " says that " + String.join("; ", faults),
                    FailureDetails.NONE));
        }
        return generation.events().map(event -> WarningReading.warn(event, faults));
    }
}
