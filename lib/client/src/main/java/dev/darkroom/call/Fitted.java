package dev.darkroom.call;

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
import dev.darkroom.image.RejectedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A dialect which is asked only for what it takes. Strict, it refuses a request with an option it does not take, also
 * where the dialect itself forgets to; lenient, it leaves the option out and says so in the result.
 */
final class Fitted implements Dialect {

    /** Without the images it speaks of, a prompt paints another picture, which is billed all the same. */
    private static final Set<ImageOption> NEVER_LEFT_OUT = EnumSet.of(ImageOption.REFERENCES, ImageOption.MASK);

    private final Dialect dialect;
    private final boolean lenient;

    Fitted(Dialect dialect, boolean lenient) {
        this.dialect = dialect;
        this.lenient = lenient;
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        var fitting = fitted(request);
        var call = dialect.generate(fitting);
        var refused = dialect.unsupported(fitting);
        if (!refused.isEmpty()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent: " + name() + " does not take " + refused.keySet() + " for model " + request.model(),
                    FailureDetails.NONE);
        }
        return call;
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
        var reading = dialect.reading(fitting, reply);
        return warnings.isEmpty() ? reading : new WarningReading(reading, List.copyOf(warnings));
    }

    private ImageRequest fitted(ImageRequest request) {
        var fitting = request;
        for (ImageOption option : lenient ? dialect.unsupported(request).keySet() : Set.<ImageOption>of()) {
            fitting = NEVER_LEFT_OUT.contains(option) ? fitting : fitting.without(option);
        }
        return fitting;
    }

    @Override
    public String name() {
        return dialect.name();
    }

    @Override
    public URI baseUrl() {
        return dialect.baseUrl();
    }

    @Override
    public Map<ImageOption, String> unsupported(ImageRequest request) {
        return dialect.unsupported(request);
    }

    @Override
    public String quota(ImageRequest request) {
        return dialect.quota(fitted(request));
    }

    @Override
    public Map.Entry<String, String> credentials(String apiKey) {
        return dialect.credentials(apiKey);
    }

    @Override
    public int cost(ImageRequest request) {
        return dialect.cost(fitted(request));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return dialect.failure(reply, body);
    }

    @Override
    public Catalogue catalogue() {
        return dialect.catalogue();
    }

    @Override
    public Storage storage() {
        return dialect.storage();
    }
}
