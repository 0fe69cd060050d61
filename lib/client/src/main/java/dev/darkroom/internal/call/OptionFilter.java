package dev.darkroom.internal.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Catalogue;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.dialect.Storage;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A dialect which is asked only for what it takes. Strict, it refuses a request with an option it does not take, also
 * where the dialect itself forgets to; told to drop them, it leaves the option out and says so in the result. A dialect may be
 * anybody's: what it throws is told as its fault.
 */
final class OptionFilter implements Dialect {

    /** Without the images it speaks of, a prompt paints another picture, which is billed all the same. */
    private static final Set<ImageOption<?>> NEVER_LEFT_OUT = Set.of(ImageOption.REFERENCES, ImageOption.MASK);

    private final Dialect dialect;
    private final String name;
    private final boolean dropUnsupported;

    OptionFilter(Dialect dialect, boolean dropUnsupported) {
        this.dialect = dialect;
        this.name = dialect.name();
        this.dropUnsupported = dropUnsupported;
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return asked(() -> written(request));
    }

    private ApiCall written(ImageRequest request) {
        var fitting = fitted(request);
        var call = dialect.generate(fitting);
        var refused = dialect.unsupported(fitting);
        if (!refused.isEmpty()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent: " + name() + " does not take " + refused.keySet() + " for model " + request.model(),
                    FailureDetails.NONE);
        }
        return dialect.idempotencyHeader()
                .filter(header -> fitting.headers().keySet().stream().noneMatch(header::equalsIgnoreCase))
                .map(header -> withKey(call, header))
                .orElse(call);
    }

    /** Written once for a subscription, so that all of its attempts carry one key. */
    private static ApiCall withKey(ApiCall call, String header) {
        var random = ThreadLocalRandom.current(); // to be unlike any other is enough; a secure one may block
        var headers = new LinkedHashMap<>(call.headers());
        headers.putIfAbsent(header, new UUID(random.nextLong(), random.nextLong()).toString());
        return new ApiCall(call.method(), call.path(), headers, call.body());
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        var fitting = fitted(request);
        var warnings = new ArrayList<String>();
        dialect.unsupported(request).forEach((option, why) -> {
            if (!fitting.options().contains(option)) {
                warnings.add(option + " was left out: " + name() + " does not take it for model " + request.model()
                        + " (" + why + ")");
            }
        });
        var reading = Objects.requireNonNull(dialect.reading(fitting, reply), "no reading");
        return warnings.isEmpty() ? reading : new WarningReading(reading, List.copyOf(warnings));
    }

    private ImageRequest fitted(ImageRequest request) {
        var fitting = request;
        for (ImageOption<?> option :
                dropUnsupported ? dialect.unsupported(request).keySet() : Set.<ImageOption<?>>of()) {
            fitting = NEVER_LEFT_OUT.contains(option) ? fitting : fitting.without(option);
        }
        return fitting;
    }

    private <T> T asked(Supplier<T> code) {
        return UserCode.asked("the dialect of " + name, code);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI baseUrl() {
        return dialect.baseUrl();
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return asked(() -> dialect.unsupported(request));
    }

    @Override
    public String quota(ImageRequest request) {
        return asked(() -> dialect.quota(fitted(request)));
    }

    @Override
    public Optional<String> idempotencyHeader() {
        return asked(dialect::idempotencyHeader);
    }

    @Override
    public Map.Entry<String, String> credentials(String apiKey) {
        return asked(() -> dialect.credentials(apiKey));
    }

    @Override
    public int cost(ImageRequest request) {
        return asked(() -> Math.max(1, dialect.cost(fitted(request))));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        ImageException failure;
        try {
            failure = dialect.failure(reply, body);
        } catch (Throwable e) { // it was sent, and nobody can say what the answer means
            return senseless(reply, UserCode.threw("its dialect", e), e);
        }
        return failure != null ? failure : senseless(reply, "its dialect makes nothing of it", null);
    }

    private ImageException senseless(Reply reply, String what, @Nullable Throwable cause) {
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.UNDECODABLE,
                name + " answered " + reply.status() + ", and " + what,
                FailureDetails.NONE.withStatus(reply.status()),
                PartialResult.NOTHING,
                cause);
    }

    @Override
    public Optional<Catalogue> catalogue() {
        return dialect.catalogue();
    }

    @Override
    public Optional<Storage> storage() {
        return dialect.storage();
    }
}
