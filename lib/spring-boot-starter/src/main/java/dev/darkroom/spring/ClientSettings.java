package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Hands properties to the withers of the same meaning; those that are not set are left alone. */
record ClientSettings(PropertyNames names, ClientProperties properties, GatewayProvider gateway) {

    ImageClient applyTo(ImageClient plain) {
        var timeouts = properties.timeouts();
        var limits = properties.limits();
        var urlImages = properties.urlImages();
        var client = with(plain, "lenient", properties.lenient(), ImageClient::dropUnsupportedOptions);
        client = with(client, "catalogue-check", properties.catalogueCheck(), ImageClient::checked);
        client = with(client, "longest-wait", properties.longestWait(), (c, v) -> c.rateLimits(r -> r.maxWait(v)));
        client = with(
                client,
                "least-time-to-send",
                properties.leastTimeToSend(),
                (c, v) -> c.rateLimits(r -> r.leastTimeToSend(v)));
        client = with(client, "timeouts.connect", timeouts.connect(), (c, v) -> c.timeouts(t -> t.connect(v)));
        client = with(client, "timeouts.first-byte", timeouts.firstByte(), (c, v) -> c.timeouts(t -> t.firstByte(v)));
        client = with(client, "timeouts.silence", timeouts.silence(), (c, v) -> c.timeouts(t -> t.silence(v)));
        client = with(client, "timeouts.total", timeouts.total(), (c, v) -> c.timeouts(t -> t.total(v)));
        client = with(client, "limits.image", bytes(limits.image()), (c, v) -> c.limits(l -> l.imageBytes(v)));
        client = with(client, "limits.text", bytes(limits.text()), (c, v) -> c.limits(l -> l.textBytes(v)));
        client = with(client, "limits.response", bytes(limits.response()), (c, v) -> c.limits(l -> l.responseBytes(v)));
        client = with(client, "limits.head", bytes(limits.head()), (c, v) -> c.limits(l -> l.headBytes(v)));
        client = with(client, "limits.images", limits.images(), (c, v) -> c.limits(l -> l.images(v)));
        client = with(client, "limits.heap", bytes(limits.heap()), (c, v) -> c.limits(l -> l.heapBytes(v)));
        client = with(client, "url-images.fetch", urlImages.fetch(), (c, v) -> c.downloads(d -> d.fetch(v)));
        client = with(client, "url-images.timeout", urlImages.timeout(), (c, v) -> c.downloads(d -> d.timeout(v)));
        client = with(
                client,
                "url-images.allow",
                urlImages.allow(),
                (c, places) -> c.downloads(d -> d.allow(places.toArray(String[]::new))));
        for (var header : properties.headers().entrySet()) {
            client = with(
                    client, "headers." + header.getKey(), header.getValue(), (c, v) -> c.header(header.getKey(), v));
        }
        client = attributed(client);
        client = with(client, "deadline", properties.deadline(), (c, limit) -> c.decorate(deadline(limit)));
        for (var option : properties.options().entrySet()) {
            client = with(
                    client,
                    "options." + option.getKey(),
                    option.getValue(),
                    (c, text) -> c.decorate(defaulted(named(option.getKey()), text)));
        }
        var model = properties.model();
        return model == null || model.isBlank() ? client : client.decorate(next -> usual(model, next));
    }

    /** OpenRouter's rankings are no other gateway's business. */
    private ImageClient attributed(ImageClient client) {
        if (!gateway.name().equals(OpenRouter.NAME)) {
            return client;
        }
        var gateDetails = with(
                client,
                "attribution.url",
                properties.attribution().url(),
                (c, url) -> c.header(OpenRouter.ATTRIBUTION_URL, url));
        return with(
                gateDetails,
                "attribution.title",
                properties.attribution().title(),
                (c, title) -> c.header(OpenRouter.ATTRIBUTION_TITLE, title));
    }

    /** Of a property's name nothing but letters and digits is sure to be left. */
    private ImageOption<?> named(String word) {
        var all = Stream.<ImageOption<?>>concat(gateway.options().stream(), ImageOption.common().stream())
                .distinct()
                .toList();
        return all.stream()
                .filter(option -> folded(option.name()).equals(folded(word)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(gateway.name() + " has no such option, only "
                        + all.stream().map(ImageOption::name).collect(Collectors.joining(", "))));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
    }

    private static <T> UnaryOperator<ImageGenerator> defaulted(ImageOption<T> option, String text) {
        var value = option.read(text);
        return next ->
                request -> next.generate(request.options().contains(option) ? request : request.with(option, value));
    }

    private static ImageGenerator usual(String model, ImageGenerator next) {
        return request -> next.generate(request.model().isBlank() ? request.model(model) : request);
    }

    private static UnaryOperator<ImageGenerator> deadline(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("a deadline must be more than zero");
        }
        return next -> request -> next.generate(request.deadline() == null ? request.deadline(limit) : request);
    }

    private <T> ImageClient with(
            ImageClient client, String property, @Nullable T value, BiFunction<ImageClient, T, ImageClient> wither) {
        if (value == null) {
            return client;
        }
        try {
            return wither.apply(client, value);
        } catch (IllegalArgumentException | IllegalStateException e) {
            var why = Objects.requireNonNullElse(e.getMessage(), "it is not possible");
            throw property.startsWith("headers") ? names.wrong(property, why) : names.wrong(property, value, why);
        }
    }

    private static @Nullable Long bytes(@Nullable DataSize size) {
        return size == null ? null : Long.valueOf(size.toBytes());
    }
}
