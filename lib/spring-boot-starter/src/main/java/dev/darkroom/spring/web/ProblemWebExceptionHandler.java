package dev.darkroom.spring.web;

import java.time.Clock;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Answers a failure in WebFlux, after what the application handles itself and before Boot's page of errors. */
final class ProblemWebExceptionHandler implements WebExceptionHandler, Ordered {

    /** Boot's own is at -1. */
    private static final int ORDER = -2;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        var problem = response.isCommitted() ? null : Problem.of(failure);
        if (problem == null) {
            return Mono.error(failure);
        }
        FailureLog.answered(problem, failure);
        response.setStatusCode(problem.status());
        problem.addHeaders(response.getHeaders(), Clock.systemUTC().instant());
        var json = problem.toJson();
        response.getHeaders().setContentLength(json.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
    }
}
