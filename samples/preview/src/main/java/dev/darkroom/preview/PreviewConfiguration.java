package dev.darkroom.preview;

import dev.darkroom.ImageClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The generator: the client that the starter made. */
@Configuration(proxyBeanMethods = false)
class PreviewConfiguration {

    @Bean
    ThrottleAwareGenerator generator(ImageClient client) {
        return (request, listener) ->
                client.rateLimits(r -> r.onThrottled(listener)).generate(request);
    }
}
