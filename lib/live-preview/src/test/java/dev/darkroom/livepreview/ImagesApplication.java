package dev.darkroom.livepreview;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import java.security.Principal;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The least that an application must do, and users who say who they are. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ImagesApplication {

    record Order(String prompt) {}

    @RestController
    static class Images {

        @PostMapping("/images/refused")
        Mono<Started> refuse(LivePreview preview) {
            throw new PreviewRefusedException(HttpStatus.CONFLICT, "No foxes today.");
        }

        @PostMapping("/images")
        Mono<Started> develop(LivePreview preview, Order order) {
            return preview.develop(
                    order.prompt().startsWith("a mark")
                            ? ImageRequest.of("recraft/recraft-v4.1-vector", order.prompt())
                                    .outputFormat(OutputFormat.SVG)
                            : ImageRequest.of("", order.prompt()).stream(true));
        }
    }

    private static final String POLICY = "default-src 'none'; script-src 'self'; img-src 'self'; connect-src 'self';"
            + " style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static Principal named(String user) {
        return () -> user;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class ReactiveUsers {

        @Bean
        org.springframework.web.server.WebFilter users() {
            return (exchange, chain) -> {
                exchange.getResponse().getHeaders().set("Content-Security-Policy", POLICY);
                var user = exchange.getRequest().getHeaders().getFirst("X-User");
                return chain.filter(
                        user == null || user.isEmpty()
                                ? exchange
                                : exchange.mutate()
                                        .principal(Mono.just(named(user)))
                                        .build());
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class ServletUsers {

        @Bean
        jakarta.servlet.Filter users() {
            return (request, response, chain) -> {
                var http = (jakarta.servlet.http.HttpServletRequest) request;
                ((jakarta.servlet.http.HttpServletResponse) response).setHeader("Content-Security-Policy", POLICY);
                var user = http.getHeader("X-User");
                chain.doFilter(
                        user == null || user.isEmpty()
                                ? request
                                : new jakarta.servlet.http.HttpServletRequestWrapper(http) {
                                    @Override
                                    public Principal getUserPrincipal() {
                                        return named(user);
                                    }
                                },
                        response);
            };
        }
    }
}
