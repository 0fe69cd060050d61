package dev.darkroom.preview;

import dev.darkroom.ImageClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who paints: the client that the starter made. */
@Configuration(proxyBeanMethods = false)
class PreviewConfiguration {

    @Bean
    Studio studio(ImageClient client) {
        return (request, listener) -> client.doOnThrottled(listener).generate(request);
    }
}
