package dev.darkroom.spring.web;

import dev.darkroom.json.ImageEventModule;
import dev.darkroom.json.ImageForm;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * How events are written, for all responses of an application.
 *
 * @param images how a picture stands in them
 * @param headWait how long the head waits for a refusal; zero not at all
 * @param heartbeat after how much silence the connection is shown to be alive; zero never
 * @param throttling whether waits for a rate limit are told
 * @param mapper of our own, so that the form is the documented one whatever the application's mapper is told
 */
record EventSettings(ImageForm images, Duration headWait, Duration heartbeat, boolean throttling, JsonMapper mapper) {

    static EventSettings of(WebProperties.Events events, ImageForm images) {
        return new EventSettings(
                images,
                events.headWait(),
                events.heartbeat(),
                events.throttling(),
                JsonMapper.builder().addModule(new ImageEventModule(images)).build());
    }
}
