package dev.darkroom.spring.web;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.json.ImageEventModule;
import dev.darkroom.json.ImageForm;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Makes what controllers return useful as it is: events and pictures as bodies, failures as statuses. Each half only where its side of Spring
 * is there; what reads and writes with codecs is also for {@code WebClient} and {@code WebTestClient}.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration",
            "org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration"
        })
@EnableConfigurationProperties(WebProperties.class)
public final class WebAutoConfiguration {

    WebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ImageForm imageForm(WebProperties properties) {
        return switch (properties.events().image()) {
            case BASE64 -> ImageForm.BASE64;
            case OMITTED -> ImageForm.OMITTED;
            case URL -> ImageForm.url(GeneratedImage::url);
        };
    }

    /** For the application's own mapper: pictures, results and single events as JSON. */
    @Bean
    @ConditionalOnMissingBean
    ImageEventModule imageEventModule(ImageForm form) {
        return new ImageEventModule(form);
    }

    @Bean
    EventSettings imageEventSettings(WebProperties properties, ImageForm form) {
        return EventSettings.of(properties.events(), form);
    }

    /** Of WebFlux's server, and of clients. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CodecCustomizer.class)
    static class Codecs {

        @Bean
        CodecCustomizer imageCodecs(EventSettings settings, WebProperties properties) {
            var mostBytes = properties.events().mostBytes();
            return codecs -> {
                var custom = codecs.customCodecs();
                custom.register(new EventHttpMessageWriter(settings));
                custom.register(new EventHttpMessageReader(mostBytes));
                custom.register(new ImageHttpMessageWriter());
                custom.register(new ImageHttpMessageReader(mostBytes));
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ServerHttpMessageConvertersCustomizer.class)
    static class Converters {

        @Bean
        ServerHttpMessageConvertersCustomizer imageConverters() {
            return converters -> converters.addCustomConverter(new ImageHttpMessageConverter());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(DispatcherServlet.class)
    static class Mvc {

        @Bean
        static EventReturnValueInstaller imageEventReturnValues(ObjectProvider<EventSettings> settings) {
            return new EventReturnValueInstaller(settings);
        }

        @Bean
        AsyncTimeoutWarning imageAsyncTimeoutWarning(
                Environment environment, ObjectProvider<RequestMappingHandlerMapping> mappings) {
            return new AsyncTimeoutWarning(environment, mappings);
        }

        @Bean
        @ConditionalOnProperty(name = "darkroom.web.problems", matchIfMissing = true)
        HandlerExceptionResolver imageProblems() {
            return new ProblemHandlerExceptionResolver();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(DispatcherHandler.class)
    static class WebFlux {

        @Bean
        @ConditionalOnProperty(name = "darkroom.web.problems", matchIfMissing = true)
        WebExceptionHandler imageProblems() {
            return new ProblemWebExceptionHandler();
        }
    }
}
