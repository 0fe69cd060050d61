package example.gallery;

import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/** How the page about Spring reads events back by a client that Boot did not build. */
@Configuration(proxyBeanMethods = false)
class AnotherService {

    @Bean
    WebClient imagesOfAnotherService(CodecCustomizer imageCodecs) {
        return WebClient.builder()
                .baseUrl("http://images.internal")
                .codecs(imageCodecs::customize)
                .build();
    }
}
