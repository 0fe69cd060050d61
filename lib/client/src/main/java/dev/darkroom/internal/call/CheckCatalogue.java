package dev.darkroom.internal.call;

import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.call.Prepare.Prepared;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The second step, for who wants it: holds a request against what the catalogue says. The hard case is a catalogue that cannot
 * be asked: nothing was sent then, whatever became of the question, so that is what the failure says; who only wants warnings
 * gets one more.
 */
final class CheckCatalogue {

    private final String gateway;
    private final CatalogueCheck check;
    private final Function<ImageRequest, Mono<Estimate>> estimates;
    private final Deadline deadline;

    CheckCatalogue(
            String gateway, CatalogueCheck check, Function<ImageRequest, Mono<Estimate>> estimates, Deadline deadline) {
        this.gateway = gateway;
        this.check = check;
        this.estimates = estimates;
        this.deadline = deadline;
    }

    Mono<Prepared> checked(Prepared prepared) {
        if (check == CatalogueCheck.OFF) {
            return Mono.just(prepared);
        }
        return deadline.inTime(estimates.apply(prepared.request()).map(Estimate::faults))
                .onErrorResume(ImageException.class, this::unasked)
                .map(faults -> judged(prepared, faults));
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

    private Prepared judged(Prepared prepared, List<String> faults) {
        if (check == CatalogueCheck.REFUSE && !faults.isEmpty()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent: the catalogue of " + gateway + " says that " + String.join("; ", faults),
                    FailureDetails.NONE);
        }
        return prepared.warned(faults);
    }
}
