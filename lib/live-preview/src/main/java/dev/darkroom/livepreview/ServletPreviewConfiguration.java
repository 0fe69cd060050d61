package dev.darkroom.livepreview;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import reactor.core.publisher.Mono;

/**
 * Live previews in a servlet application: a servlet of their own beside Spring MVC's, which would write on a thread and wait for a
 * browser that has stopped reading.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ServletPreviewConfiguration {

    @Bean
    ServletRegistrationBean<Servlet> imagePreviewServlet(PreviewRoutes routes, LivePreviewProperties properties) {
        var registration = new ServletRegistrationBean<Servlet>(
                new PreviewServlet(routes.routesOfServlet()), properties.path() + "/*");
        registration.setName("imagePreviews");
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    WebMvcConfigurer imagePreviewParameters(PreviewDoor door) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new Parameter(door));
            }

            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add(0, ServletPreviewConfiguration::refused);
            }
        };
    }

    private static @Nullable ModelAndView refused(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!(failure instanceof PreviewRefusedException refusal)) {
            return null;
        }
        try {
            response.setStatus(refusal.getStatusCode().value());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(ProblemWriter.bytes(refusal));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }

    /** A {@link LivePreview} that a method has as parameter; on the request's thread, which may block. */
    private record Parameter(PreviewDoor door) implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == LivePreview.class;
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            var servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
            Principal user = request.getUserPrincipal();
            return door.enter(Mono.justOrEmpty(user), new ServletServerHttpRequest(servlet))
                    .block();
        }
    }
}
