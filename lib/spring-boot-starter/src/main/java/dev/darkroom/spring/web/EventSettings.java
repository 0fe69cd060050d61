package dev.darkroom.spring.web;

import dev.darkroom.json.ImageEventModule;
import dev.darkroom.json.ImageForm;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How events are written, for all responses of an application, by any thread. */
final class EventSettings {

    private static final Duration HEAD_WAIT = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final ImageForm images;
    private final Duration headWait;
    private final Duration heartbeat;
    private final boolean throttling;
    private volatile @Nullable JsonMapper mapper;

    private EventSettings(ImageForm images, Duration headWait, Duration heartbeat, boolean throttling) {
        this.images = images;
        this.headWait = headWait;
        this.heartbeat = heartbeat;
        this.throttling = throttling;
    }

    static EventSettings of(WebProperties.Events events, ImageForm images) {
        return new EventSettings(
                images,
                Objects.requireNonNullElse(events.headWait(), HEAD_WAIT),
                Objects.requireNonNullElse(events.heartbeat(), HEARTBEAT),
                events.throttling());
    }

    /** How a picture stands in them. */
    ImageForm images() {
        return images;
    }

    /** How long the head waits for a refusal; zero not at all. */
    Duration headWait() {
        return headWait;
    }

    /** After how much silence the connection is shown to be alive; zero never. */
    Duration heartbeat() {
        return heartbeat;
    }

    /** Whether waits for a rate limit are told. */
    boolean throttling() {
        return throttling;
    }

    /**
     * Of our own, so that the form is the documented one whatever the application's mapper is told. Made for the first event, not while the
     * application starts; two that are made at a time are alike.
     */
    JsonMapper mapper() {
        var made = mapper;
        if (made == null) {
            made = JsonMapper.builder().addModule(new ImageEventModule(images)).build();
            mapper = made;
        }
        return made;
    }
}
