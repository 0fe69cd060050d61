package dev.darkroom.preview;

import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Security headers and request checks: the page loads nothing from elsewhere and runs no script but its own, whatever a prompt or a model
 * says; and no other page may ask for pictures here, neither by a form of its own nor by a name of its own for this address.
 */
@Component
final class PageSecurityFilter implements WebFilter {

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final PreviewProperties properties;

    PageSecurityFilter(PreviewProperties properties) {
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        if (!isOurs(exchange.getRequest())) {
            return refuse(exchange, HttpStatus.FORBIDDEN);
        }
        if (isTooLarge(exchange.getRequest())) {
            return refuse(exchange, HttpStatus.CONTENT_TOO_LARGE);
        }
        var headers = response.getHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        return chain.filter(exchange);
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status) {
        exchange.getResponse().setStatusCode(status);
        return exchange.getResponse().setComplete();
    }

    /** Said before any of it is read; browsers know how long their forms are, and who does not is refused too. */
    private boolean isTooLarge(ServerHttpRequest request) {
        var headers = request.getHeaders();
        return headers.getContentLength() > properties.upload().toBytes()
                || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private boolean isOurs(ServerHttpRequest request) {
        var host = request.getHeaders().getHost();
        var known = properties.hosts().isEmpty()
                || (host != null
                        && properties.hosts().contains(host.getHostString().toLowerCase(Locale.ROOT)));
        return known && (SAFE.contains(request.getMethod()) || isSameOrigin(request.getHeaders()));
    }

    /**
     * Browsers say where a request comes from; who says nothing is no browser. The site they say to localhost and by TLS
     * only, the origin everywhere.
     */
    private static boolean isSameOrigin(HttpHeaders headers) {
        var site = headers.getFirst("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        var origin = headers.getOrigin();
        return origin == null || origin.endsWith("://" + headers.getFirst(HttpHeaders.HOST));
    }
}
