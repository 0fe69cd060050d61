package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageOption;
import dev.darkroom.spring.ClientProperties.Downloads;
import dev.darkroom.spring.ClientProperties.Limits;
import dev.darkroom.spring.ClientProperties.RateLimits;
import dev.darkroom.spring.ClientProperties.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Hands properties to the withers of the same name; those that are not set are left alone. */
record ClientSettings(PropertyNames names, ClientProperties properties, GatewayProvider gateway) {

    /**
     * A property and its wither.
     *
     * @param property its name below {@code darkroom}
     * @param value null if it is not set
     * @param wither of the client
     */
    record Setting<T>(
            String property,
            Function<ClientProperties, @Nullable T> value,
            BiFunction<ImageClient, T, ImageClient> wither) {}

    /** Those which every client has. The order is that of faults: the first one is told. */
    static final List<Setting<?>> SETTINGS = List.of(
            new Setting<>(
                    "drop-unsupported-options",
                    ClientProperties::dropUnsupportedOptions,
                    ImageClient::dropUnsupportedOptions),
            new Setting<>("catalogue-check", ClientProperties::catalogueCheck, ImageClient::checked),
            timeouts("connect", Timeouts::connect, dev.darkroom.settings.Timeouts::connect),
            timeouts("first-byte", Timeouts::firstByte, dev.darkroom.settings.Timeouts::firstByte),
            timeouts("silence", Timeouts::silence, dev.darkroom.settings.Timeouts::silence),
            timeouts("total", Timeouts::total, dev.darkroom.settings.Timeouts::total),
            limits("image-bytes", of -> bytes(of.imageBytes()), dev.darkroom.settings.Limits::imageBytes),
            limits("text-bytes", of -> bytes(of.textBytes()), dev.darkroom.settings.Limits::textBytes),
            limits("response-bytes", of -> bytes(of.responseBytes()), dev.darkroom.settings.Limits::responseBytes),
            limits("head-bytes", of -> bytes(of.headBytes()), dev.darkroom.settings.Limits::headBytes),
            limits("images", Limits::images, dev.darkroom.settings.Limits::images),
            limits("heap-bytes", of -> bytes(of.heapBytes()), dev.darkroom.settings.Limits::heapBytes),
            downloads("fetch", Downloads::fetch, dev.darkroom.settings.Downloads::fetch),
            downloads("timeout", Downloads::timeout, dev.darkroom.settings.Downloads::timeout),
            downloads("allow", Downloads::allow, (of, places) -> of.allow(places.toArray(String[]::new))),
            rateLimits("max-wait", RateLimits::maxWait, dev.darkroom.settings.RateLimits::maxWait),
            rateLimits(
                    "least-time-to-send",
                    RateLimits::leastTimeToSend,
                    dev.darkroom.settings.RateLimits::leastTimeToSend));

    private static <T> Setting<T> timeouts(
            String name,
            Function<Timeouts, @Nullable T> value,
            BiFunction<dev.darkroom.settings.Timeouts, T, dev.darkroom.settings.Timeouts> wither) {
        return new Setting<>(
                "timeouts." + name,
                properties -> value.apply(properties.timeouts()),
                (client, set) -> client.timeouts(of -> wither.apply(of, set)));
    }

    private static <T> Setting<T> limits(
            String name,
            Function<Limits, @Nullable T> value,
            BiFunction<dev.darkroom.settings.Limits, T, dev.darkroom.settings.Limits> wither) {
        return new Setting<>(
                "limits." + name,
                properties -> value.apply(properties.limits()),
                (client, set) -> client.limits(of -> wither.apply(of, set)));
    }

    private static <T> Setting<T> downloads(
            String name,
            Function<Downloads, @Nullable T> value,
            BiFunction<dev.darkroom.settings.Downloads, T, dev.darkroom.settings.Downloads> wither) {
        return new Setting<>(
                "downloads." + name,
                properties -> value.apply(properties.downloads()),
                (client, set) -> client.downloads(of -> wither.apply(of, set)));
    }

    private static <T> Setting<T> rateLimits(
            String name,
            Function<RateLimits, @Nullable T> value,
            BiFunction<dev.darkroom.settings.RateLimits, T, dev.darkroom.settings.RateLimits> wither) {
        return new Setting<>(
                "rate-limits." + name,
                properties -> value.apply(properties.rateLimits()),
                (client, set) -> client.rateLimits(of -> wither.apply(of, set)));
    }

    ImageClient applyTo(ImageClient plain) {
        var client = plain;
        for (var setting : SETTINGS) {
            client = with(client, setting);
        }
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

    private <T> ImageClient with(ImageClient client, Setting<T> setting) {
        return with(client, setting.property(), setting.value().apply(properties), setting.wither());
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
