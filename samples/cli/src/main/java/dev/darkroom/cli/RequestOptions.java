package dev.darkroom.cli;

import dev.darkroom.gateway.Ark;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.Quality;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What to generate. The values are the service's own; whether they fit together is for the client to say. */
final class RequestOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final RoutingOptions routing = new RoutingOptions();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Which model; each provider has a default. 'darkroom models' lists those of OpenRouter.")
    private @Nullable String model;

    @Option(names = "--stream", negatable = true, description = "Ask for previews (the default), or do not.")
    private @Nullable Boolean stream;

    @Option(names = "-n", paramLabel = "N", description = "How many images, 1 to 10.")
    private @Nullable Integer n;

    @Option(names = "--size", paramLabel = "SIZE", description = "Pixels or a tier: 1536x1024, 2K.")
    private @Nullable Size size;

    @Option(names = "--aspect-ratio", paramLabel = "RATIO", description = "1:1, 16:9, 2:3, ...")
    private @Nullable AspectRatio aspectRatio;

    @Option(names = "--resolution", paramLabel = "TIER", description = "512, 1K, 2K, 4K.")
    private @Nullable Resolution resolution;

    @Option(names = "--quality", paramLabel = "QUALITY", description = "auto, low, medium, high.")
    private @Nullable Quality quality;

    @Option(names = "--background", paramLabel = "KIND", description = "auto, transparent, opaque.")
    private @Nullable Background background;

    @Option(names = "--output-format", paramLabel = "FORMAT", description = "png, jpeg, webp, gif, svg.")
    private @Nullable OutputFormat outputFormat;

    @Option(names = "--output-compression", paramLabel = "PERCENT", description = "0 to 100, for jpeg and webp.")
    private @Nullable Integer outputCompression;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "The same picture again, where a model can.")
    private @Nullable Long seed;

    @Option(
            names = "--reference",
            paramLabel = "FILE|URL|ID",
            description =
                    "An image to send along, as often as the gateway takes: a file, a URL, or asset://ID, which the"
                            + " gateway holds already.")
    private List<ImageReference> references = new ArrayList<>();

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = "Which parts of the first reference to change: those which are transparent in it.")
    private @Nullable ImageReference mask;

    @Option(names = "--watermark", negatable = true, description = "With the gateway's watermark, or without.")
    private @Nullable Boolean watermark;

    @Option(
            names = "--sequential-images",
            paramLabel = "N",
            description = "A group of up to N images which belong together, where a model makes such.")
    private @Nullable Integer sequentialImages;

    @Option(
            names = "--optimize-prompt",
            paramLabel = "MODE",
            description = "Let the gateway rewrite the prompt: standard, fast.")
    private @Nullable String optimizePrompt;

    @Option(names = "--partial-images", paramLabel = "N", description = "How many previews, 0 to 3; each is billed.")
    private @Nullable Integer partialImages;

    @Option(names = "--response-format", paramLabel = "FORMAT", description = "How the images come: url, b64_json.")
    private @Nullable ResponseFormat responseFormat;

    @Option(names = "--user", paramLabel = "ID", description = "Your end user, for the gateway's abuse reports.")
    private @Nullable String user;

    @Option(
            names = "--drop-unsupported-options",
            description = "Leave out what the gateway does not take, and say so, instead of refusing.")
    private boolean dropUnsupportedOptions;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description =
                    "An option of the provider by its name (watermark=false), or any other field of the request as"
                            + " JSON; what is not JSON is taken as a string: moderation=low.")
    private List<String> others = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long all may take, waiting for rate limits included: 90s, 2m, PT1M30S.")
    private @Nullable Duration timeout;

    @Nullable
    Duration timeout() {
        return timeout;
    }

    boolean dropUnsupportedOptions() {
        return dropUnsupportedOptions;
    }

    /** Who paints: the provider's default model if none is named. */
    String model(Provider provider) {
        return model == null ? provider.defaultModel() : model;
    }

    /** A request of one prompt, which asks for previews unless something else was said. */
    ImageRequest request(Provider provider, String prompt) {
        var request = said(provider).apply(ImageRequest.of(model(provider), prompt));
        return request.options().contains(ImageOption.STREAM) ? request : streamed(request, provider);
    }

    /** Puts what was said onto a request; a word that no option can have is told there, by an {@link IllegalArgumentException}. */
    UnaryOperator<ImageRequest> said(Provider provider) {
        var flags = GatewayFlags.said(spec.commandLine().getParseResult());
        return request -> routing.on(GatewayFlags.on(on(request, provider), flags));
    }

    private ImageRequest on(ImageRequest plain, Provider provider) {
        var request = with(plain, n, ImageRequest::n);
        request = with(request, size, ImageRequest::size);
        request = with(request, aspectRatio, ImageRequest::aspectRatio);
        request = with(request, resolution, ImageRequest::resolution);
        request = with(request, quality, ImageRequest::quality);
        request = with(request, background, ImageRequest::background);
        request = with(request, outputFormat, ImageRequest::outputFormat);
        request = with(request, outputCompression, ImageRequest::outputCompression);
        request = with(request, seed, ImageRequest::seed);
        request = with(request, mask, ImageRequest::mask);
        request = with(request, watermark, Ark.WATERMARK);
        request = with(request, sequentialImages, Ark.SEQUENTIAL_IMAGES);
        request = with(request, optimizePrompt, Ark.OPTIMIZE_PROMPT);
        request = with(request, partialImages, ImageRequest::partialImages);
        request = with(request, responseFormat, Ark.RESPONSE_FORMAT);
        request = with(request, user, ImageRequest::user);
        request = with(request, timeout, ImageRequest::deadline);
        request = references.isEmpty() ? request : request.references(references);
        for (var other : others) {
            request = with(request, provider, other);
        }
        return stream == null || request.options().contains(ImageOption.STREAM) ? request : request.stream(stream);
    }

    /** Previews are asked for unless something else excludes them. */
    private static ImageRequest streamed(ImageRequest request, Provider provider) {
        var streamed = request.stream(true);
        return provider.dialect().unsupported(streamed).containsKey(ImageOption.STREAM)
                ? request.stream(false)
                : streamed;
    }

    /** What the provider has a name for is read as it is written there; anything else goes out as a field of its own. */
    private static ImageRequest with(ImageRequest request, Provider provider, String word) {
        var equals = word.indexOf('=');
        var option = provider.option(equals < 0 ? word : word.substring(0, equals));
        if (equals > 0 && option.isPresent()) {
            return request.withText(option.get(), word.substring(equals + 1));
        }
        var field = JsonField.parse(word);
        return request.extra(field.name(), field.value());
    }

    private static <T> ImageRequest with(ImageRequest request, @Nullable T value, ImageOption<T> option) {
        return value == null ? request : request.with(option, value);
    }

    private static <T> ImageRequest with(
            ImageRequest request, @Nullable T value, BiFunction<ImageRequest, T, ImageRequest> wither) {
        return value == null ? request : wither.apply(request, value);
    }
}
