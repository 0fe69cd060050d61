package dev.darkroom.livepreview;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
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
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * The routes in a servlet. It writes where the container says that it may, without waiting, so a browser that has stopped reading
 * holds no thread.
 */
final class PreviewServlet extends ServletHttpHandlerAdapter {

    /** By which the adapter dispatches to itself what failed after the head was written. */
    private static final String FAILURE = ServletHttpHandlerAdapter.class.getName() + ".ERROR";

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
        if (request.getDispatcherType() == DispatcherType.ASYNC
                && request.getAttribute(FAILURE) instanceof Throwable failure
                && DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return; // nobody is left to see the page about it, and the log would fill with those that cannot be written
        }
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
