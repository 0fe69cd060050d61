package dev.darkroom.internal.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The first step: fits a request to its gateway and writes it. An option that the gateway does not take is refused, also where
 * the dialect itself forgets to; a client which is told to drops it, and says so in the result. A dialect may be anybody's: what
 * it throws is told as its fault.
 */
final class Prepare {

    /**
     * A request that fits its gateway, written once. Whatever is done for it afterwards goes by this.
     *
     * @param request as it is sent: without what was left out
     * @param call the bytes of it, the same however often it is sent
     * @param quota which of the key's quotas it spends
     * @param cost what one attempt spends of that quota, 1 or more
     * @param warnings what is done otherwise than asked for; they go into the result
     */
    record Prepared(ImageRequest request, ApiCall call, String quota, int cost, List<String> warnings) {

        Prepared warned(List<String> more) {
            var all = Stream.concat(warnings.stream(), more.stream()).toList();
            return new Prepared(request, call, quota, cost, all);
        }
    }

    private final Dialect dialect;
    private final String gateway;
    private final boolean dropUnsupported;

    Prepare(Dialect dialect, String gateway, boolean dropUnsupported) {
        this.dialect = dialect;
        this.gateway = gateway;
        this.dropUnsupported = dropUnsupported;
    }

    Mono<Prepared> fitted(ImageRequest request) {
        var prepared = Mono.fromCallable(() -> written(request));
        // a file is looked at, and the boundary of a form comes from the system's randomness: both may block
        var mayBlock = request.options().stream()
                .flatMap(option -> images(request.get(option).orElse(null)))
                .anyMatch(image -> image instanceof ImageReference.File || image instanceof ImageReference.Bytes);
        return mayBlock ? prepared.subscribeOn(Schedulers.boundedElastic()) : prepared;
    }

    /** What is sent along as an option's value, alone or in a list. */
    private static Stream<?> images(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream() : Stream.ofNullable(value);
    }

    /** Without the images it speaks of, a prompt paints another picture, which is billed all the same. */
    private static boolean mayBeLeftOut(ImageOption<?> option) {
        return !option.equals(ImageOption.REFERENCES) && option.type() != ImageReference.class;
    }

    private Prepared written(ImageRequest request) {
        var left = dropUnsupported ? asked(() -> dialect.unsupported(request)) : Map.<ImageOption<?>, String>of();
        var fitting = request;
        var warnings = new ArrayList<String>();
        for (var option : left.keySet()) {
            if (mayBeLeftOut(option)) {
                fitting = fitting.without(option);
                warnings.add(option + " was left out: " + gateway + " does not take it for model " + request.model()
                        + " (" + left.get(option) + ")");
            }
        }
        return written(fitting, warnings);
    }

    private Prepared written(ImageRequest fitting, List<String> warnings) {
        var call = asked(() -> dialect.generate(fitting));
        var refused = asked(() -> dialect.unsupported(fitting)).keySet();
        if (!refused.isEmpty()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent: " + gateway + " does not take " + refused + " for model " + fitting.model(),
                    FailureDetails.NONE);
        }
        var quota = asked(() -> dialect.quota(fitting));
        var cost = asked(() -> Math.max(1, dialect.cost(fitting)));
        return new Prepared(fitting, once(call, fitting), quota, cost, List.copyOf(warnings));
    }

    /** Written once for a subscription, so that all of its attempts carry one key. */
    private ApiCall once(ApiCall call, ImageRequest fitting) {
        return asked(dialect::idempotencyHeader)
                .filter(header -> fitting.headers().keySet().stream().noneMatch(header::equalsIgnoreCase))
                .map(header -> withKey(call, header))
                .orElse(call);
    }

    private static ApiCall withKey(ApiCall call, String header) {
        var random = ThreadLocalRandom.current(); // to be unlike any other is enough; a secure one may block
        var headers = new LinkedHashMap<>(call.headers());
        headers.putIfAbsent(header, new UUID(random.nextLong(), random.nextLong()).toString());
        return new ApiCall(call.method(), call.path(), headers, call.body());
    }

    private <T> T asked(Supplier<? extends @Nullable T> code) {
        return UserCode.asked("the dialect of " + gateway, code);
    }
}
