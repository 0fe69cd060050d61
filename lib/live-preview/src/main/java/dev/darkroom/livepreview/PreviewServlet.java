package dev.darkroom.livepreview;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServletHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The routes in a servlet. It writes where the container says that it may, without waiting, so a browser that has stopped reading
 * holds no thread.
 */
final class PreviewServlet extends ServletHttpHandlerAdapter {

    PreviewServlet(RouterFunction<ServerResponse> routes) {
        super(RouterFunctions.toHttpHandler(
                routes,
                HandlerStrategies.builder()
                        .webFilter((exchange, chain) -> chain.filter(withUser(exchange)))
                        .build()));
    }

    /** Whom the container, or a filter before us, has let in. */
    private static ServerWebExchange withUser(ServerWebExchange exchange) {
        HttpServletRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        return exchange.mutate()
                .principal(Mono.justOrEmpty(request.getUserPrincipal()))
                .build();
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        var guarded = new GuardedResponse((HttpServletResponse) response);
        super.service(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public AsyncContext startAsync() {
                        var context = super.startAsync();
                        context.addListener(guarded);
                        return context;
                    }
                },
                guarded);
    }
}
