package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageOption;
import dev.darkroom.spring.ClientProperties.Connections;
import dev.darkroom.spring.ClientProperties.Downloads;
import dev.darkroom.spring.ClientProperties.Limits;
import dev.darkroom.spring.ClientProperties.RateLimits;
import dev.darkroom.spring.ClientProperties.Timeouts;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hands properties to the withers of the same name; those that are not set are left alone.
 *
 * <p>Asked one by one, though a table would be shorter: an entry's functions are made when the table is, by sixty classes that the JVM spins
 * while an application starts. So they are made only for what is set.
 */
record ClientSettings(PropertyNames names, ClientProperties properties, GatewayProvider gateway) {

    /** The first fault in this order is told. */
    ImageClient applyTo(ImageClient plain) {
        var client = general(plain);
        client = timeouts(properties.timeouts(), client);
        client = connections(properties.connections(), client);
        client = limits(properties.limits(), client);
        client = downloads(properties.downloads(), client);
        client = rateLimits(properties.rateLimits(), client);
        client = attributed(headers(client));
        if (properties.deadline() != null) {
            client = with(client, "deadline", properties.deadline(), (c, limit) -> c.decorate(deadline(limit)));
        }
        client = options(client);
        var model = properties.model();
        return model == null || model.isBlank() ? client : client.decorate(next -> usual(model, next));
    }

    private ImageClient general(ImageClient plain) {
        var client = plain;
        if (properties.dropUnsupportedOptions() != null) {
            client = with(
                    client,
                    "drop-unsupported-options",
                    properties.dropUnsupportedOptions(),
                    ImageClient::dropUnsupportedOptions);
        }
        if (properties.catalogueCheck() != null) {
            client = with(client, "catalogue-check", properties.catalogueCheck(), ImageClient::checked);
        }
        return client;
    }

    private ImageClient timeouts(Timeouts set, ImageClient plain) {
        var client = plain;
        if (set.connect() != null) {
            client = with(client, "timeouts.connect", set.connect(), (c, value) -> c.timeouts(to -> to.connect(value)));
        }
        if (set.firstByte() != null) {
            client = with(
                    client,
                    "timeouts.first-byte",
                    set.firstByte(),
                    (c, value) -> c.timeouts(to -> to.firstByte(value)));
        }
        if (set.silence() != null) {
            client = with(client, "timeouts.silence", set.silence(), (c, value) -> c.timeouts(to -> to.silence(value)));
        }
        if (set.total() != null) {
            client = with(client, "timeouts.total", set.total(), (c, value) -> c.timeouts(to -> to.total(value)));
        }
        return client;
    }

    private ImageClient connections(Connections set, ImageClient plain) {
        var client = plain;
        if (set.http2() != null) {
            client = with(client, "connections.http2", set.http2(), (c, value) -> c.connections(to -> to.http2(value)));
        }
        if (set.max() != null) {
            client = with(client, "connections.max", set.max(), (c, value) -> c.connections(to -> to.max(value)));
        }
        if (set.maxWait() != null) {
            client = with(
                    client,
                    "connections.max-wait",
                    set.maxWait(),
                    (c, value) -> c.connections(to -> to.maxWait(value)));
        }
        if (set.maxWaiting() != null) {
            client = with(
                    client,
                    "connections.max-waiting",
                    set.maxWaiting(),
                    (c, value) -> c.connections(to -> to.maxWaiting(value)));
        }
        if (set.maxIdle() != null) {
            client = with(
                    client,
                    "connections.max-idle",
                    set.maxIdle(),
                    (c, value) -> c.connections(to -> to.maxIdle(value)));
        }
        if (set.maxLife() != null) {
            client = with(
                    client,
                    "connections.max-life",
                    set.maxLife(),
                    (c, value) -> c.connections(to -> to.maxLife(value)));
        }
        return client;
    }

    private ImageClient limits(Limits set, ImageClient plain) {
        var client = plain;
        if (set.imageBytes() != null) {
            client = with(
                    client,
                    "limits.image-bytes",
                    set.imageBytes(),
                    (c, value) -> c.limits(to -> to.imageBytes(value.toBytes())));
        }
        if (set.textBytes() != null) {
            client = with(
                    client,
                    "limits.text-bytes",
                    set.textBytes(),
                    (c, value) -> c.limits(to -> to.textBytes(value.toBytes())));
        }
        if (set.responseBytes() != null) {
            client = with(
                    client,
                    "limits.response-bytes",
                    set.responseBytes(),
                    (c, value) -> c.limits(to -> to.responseBytes(value.toBytes())));
        }
        if (set.headBytes() != null) {
            client = with(
                    client,
                    "limits.head-bytes",
                    set.headBytes(),
                    (c, value) -> c.limits(to -> to.headBytes(value.toBytes())));
        }
        if (set.images() != null) {
            client = with(client, "limits.images", set.images(), (c, value) -> c.limits(to -> to.images(value)));
        }
        if (set.heapBytes() != null) {
            client = with(
                    client,
                    "limits.heap-bytes",
                    set.heapBytes(),
                    (c, value) -> c.limits(to -> to.heapBytes(value.toBytes())));
        }
        return client;
    }

    private ImageClient downloads(Downloads set, ImageClient plain) {
        var client = plain;
        if (set.fetch() != null) {
            client = with(client, "downloads.fetch", set.fetch(), (c, value) -> c.downloads(to -> to.fetch(value)));
        }
        if (set.timeout() != null) {
            client = with(
                    client, "downloads.timeout", set.timeout(), (c, value) -> c.downloads(to -> to.timeout(value)));
        }
        if (set.allow() != null) {
            client = with(
                    client,
                    "downloads.allow",
                    set.allow(),
                    (c, value) -> c.downloads(to -> to.allow(value.toArray(String[]::new))));
        }
        return client;
    }

    private ImageClient rateLimits(RateLimits set, ImageClient plain) {
        var client = plain;
        if (set.maxWait() != null) {
            client = with(
                    client, "rate-limits.max-wait", set.maxWait(), (c, value) -> c.rateLimits(to -> to.maxWait(value)));
        }
        if (set.leastTimeToSend() != null) {
            client = with(
                    client,
                    "rate-limits.least-time-to-send",
                    set.leastTimeToSend(),
                    (c, value) -> c.rateLimits(to -> to.leastTimeToSend(value)));
        }
        return client;
    }

    private ImageClient headers(ImageClient plain) {
        var client = plain;
        for (var header : properties.headers().entrySet()) {
            client = with(
                    client, "headers." + header.getKey(), header.getValue(), (c, v) -> c.header(header.getKey(), v));
        }
        return client;
    }

    private ImageClient options(ImageClient plain) {
        var client = plain;
        for (var option : properties.options().entrySet()) {
            client = with(
                    client,
                    "options." + option.getKey(),
                    option.getValue(),
                    (c, text) -> c.decorate(defaulted(named(option.getKey()), text)));
        }
        return client;
    }

    /** OpenRouter's rankings are no other gateway's business. */
    private ImageClient attributed(ImageClient plain) {
        if (!gateway.name().equals(OpenRouter.NAME)) {
            return plain;
        }
        var named = properties.attribution();
        var client = plain;
        if (named.url() != null) {
            client =
                    with(client, "attribution.url", named.url(), (c, url) -> c.header(OpenRouter.ATTRIBUTION_URL, url));
        }
        if (named.title() != null) {
            client = with(
                    client,
                    "attribution.title",
                    named.title(),
                    (c, title) -> c.header(OpenRouter.ATTRIBUTION_TITLE, title));
        }
        return client;
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
            ImageClient client, String property, T value, BiFunction<ImageClient, T, ImageClient> wither) {
        try {
            return wither.apply(client, value);
        } catch (IllegalArgumentException | IllegalStateException e) {
            var why = Objects.requireNonNullElse(e.getMessage(), "it is not possible");
            throw property.startsWith("headers") ? names.wrong(property, why) : names.wrong(property, value, why);
        }
    }
}
