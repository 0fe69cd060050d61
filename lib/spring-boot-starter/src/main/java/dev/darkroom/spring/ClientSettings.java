package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** Hands properties to the withers of the same meaning; those that are not set are left alone. */
record ClientSettings(String prefix, ClientProperties properties) {

    ImageClient applyTo(ImageClient plain) {
        var timeouts = properties.timeouts();
        var limits = properties.limits();
        var client = with(plain, "lenient", properties.lenient(), ImageClient::lenient);
        client = with(client, "longest-wait", properties.longestWait(), ImageClient::longestWait);
        client = with(client, "timeouts.connect", timeouts.connect(), ImageClient::connectTimeout);
        client = with(client, "timeouts.first-byte", timeouts.firstByte(), ImageClient::firstByteTimeout);
        client = with(client, "timeouts.silence", timeouts.silence(), ImageClient::silenceTimeout);
        client = with(client, "timeouts.total", timeouts.total(), ImageClient::totalTimeout);
        client = with(client, "limits.image", bytes(limits.image()), ImageClient::maxImageBytes);
        client = with(client, "limits.text", bytes(limits.text()), ImageClient::maxTextBytes);
        client = with(client, "limits.response", bytes(limits.response()), ImageClient::maxResponseBytes);
        client = with(client, "limits.images", limits.images(), ImageClient::maxImages);
        client = with(client, "attribution.url", properties.attribution().url(), ClientSettings::referer);
        client = with(client, "attribution.title", properties.attribution().title(), ClientSettings::title);
        for (var header : properties.headers().entrySet()) {
            client = with(
                    client, "headers." + header.getKey(), header.getValue(), (c, v) -> c.header(header.getKey(), v));
        }
        return client.decorate(this::withDefaults);
    }

    private ImageGenerator withDefaults(ImageGenerator next) {
        return request -> next.generate(withDefaults(request));
    }

    private ImageRequest withDefaults(ImageRequest request) {
        var model = properties.model();
        var deadline = properties.deadline();
        var filled = model != null && request.model().isBlank() ? request.model(model) : request;
        return deadline != null && filled.deadline() == null ? filled.deadline(deadline) : filled;
    }

    private <T> ImageClient with(
            ImageClient client, String property, @Nullable T value, BiFunction<ImageClient, T, ImageClient> wither) {
        if (value == null) {
            return client;
        }
        try {
            return wither.apply(client, value);
        } catch (IllegalArgumentException e) {
            var shown = property.startsWith("headers") ? "(not shown)" : value;
            throw new InvalidConfigurationPropertyValueException(prefix + "." + property, shown, e.getMessage());
        }
    }

    private static ImageClient referer(ImageClient client, String url) {
        return client.header("HTTP-Referer", url);
    }

    private static ImageClient title(ImageClient client, String title) {
        return client.header("X-OpenRouter-Title", title);
    }

    private static @Nullable Long bytes(@Nullable DataSize size) {
        return size == null ? null : Long.valueOf(size.toBytes());
    }
}
