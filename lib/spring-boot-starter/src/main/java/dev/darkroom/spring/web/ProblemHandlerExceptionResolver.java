package dev.darkroom.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers a failure in MVC, after what the application handles itself. */
final class ProblemHandlerExceptionResolver implements HandlerExceptionResolver, Ordered {

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        var problem = response.isCommitted() ? null : Problem.of(failure);
        if (problem == null) {
            return null;
        }
        FailureLog.answered(problem, failure);
        var headers = new HttpHeaders();
        problem.addHeaders(headers, Clock.systemUTC().instant());
        response.setStatus(problem.status().value());
        headers.forEach((name, values) -> response.setHeader(name, values.get(0)));
        var json = problem.toJson();
        response.setContentLength(json.length);
        try {
            response.getOutputStream().write(json);
        } catch (IOException e) {
            LoggerFactory.getLogger(getClass()).debug("Nobody reads the problem any more", e);
        }
        return new ModelAndView();
    }
}
