package dev.darkroom.livepreview;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Live previews in a reactive application: routes beside its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ReactivePreviewConfiguration {

    /** Before Spring Boot's, which would keep the words to itself. */
    private static final int BEFORE_BOOT = -3;

    @Bean
    RouterFunction<ServerResponse> imagePreviewRouter(PreviewRoutes routes) {
        return routes.routes();
    }

    @Bean
    WebFluxConfigurer imagePreviewParameters(PreviewDoor door) {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new Parameter(door));
            }
        };
    }

    @Bean
    @Order(BEFORE_BOOT)
    WebExceptionHandler imagePreviewRefusals() {
        return (exchange, failure) -> failure instanceof PreviewRefusedException refusal
                        && !exchange.getResponse().isCommitted()
                ? answer(exchange, refusal)
                : Mono.error(failure);
    }

    private static Mono<Void> answer(ServerWebExchange exchange, PreviewRefusedException refusal) {
        var response = exchange.getResponse();
        response.setStatusCode(refusal.getStatusCode());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(
                Mono.fromCallable(() -> response.bufferFactory().wrap(ProblemWriter.bytes(refusal))));
    }

    /** A {@link LivePreview} that a method has as parameter. */
    private record Parameter(PreviewDoor door) implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == LivePreview.class;
        }

        @Override
        public Mono<Object> resolveArgument(
                MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
            return door.enter(exchange.getPrincipal(), exchange.getRequest()).cast(Object.class);
        }
    }
}
