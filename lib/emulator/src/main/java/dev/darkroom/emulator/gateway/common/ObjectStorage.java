package dev.darkroom.emulator.gateway.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The storage behind the URLs of images: what a cloud's object storage is to the image APIs.
 *
 * <p>As such a storage does, it takes no credentials beside the URL's own: a request with {@code Authorization} is a
 * 400, so that a client which sends its key to a foreign host is found out.
 *
 * @param pictures the pictures
 */
public record ObjectStorage(PictureStore pictures) implements Protocol {

    @Override
    public String prefix() {
        return PictureStore.PREFIX;
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return false;
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        return method.equals("GET") ? RouteKind.DOWNLOAD : RouteKind.OTHER;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.fromCallable(() -> call.method().equals("GET")
                ? get(call)
                : xml(405, "MethodNotAllowed", "The method is not allowed against this resource."));
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return Optional.of(
                switch (error.fault()) {
                    case UNAUTHORIZED, FORBIDDEN, MODERATION, HTML_FORBIDDEN -> denied("Access Denied");
                    case NOT_FOUND, MODEL_NOT_FOUND -> missing();
                    case UNAVAILABLE, OVERLOADED, CAPACITY ->
                        error.withRetryHint(xml(503, "SlowDown", "Please reduce your request rate."));
                    case PROVIDER_ERROR, HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default ->
                        error.isRateLimit()
                                ? error.withRetryHint(xml(429, "TooManyRequests", "Please reduce your request rate."))
                                : xml(500, "InternalError", "We encountered an internal error. Please try again.");
                });
    }

    @Override
    public Reply errorReply(int status, String message) {
        return xml(status, "InvalidRequest", message);
    }

    private Reply get(Call call) {
        if (call.header("authorization").isPresent()) {
            return xml(400, "InvalidArgument", "Only one auth mechanism allowed: the URL is signed.");
        }
        if (call.fault().is(Fault.NOT_AN_IMAGE)) {
            return HtmlPages.page(200, "Sign in");
        }
        var found = pictures.find(call.route().substring(1));
        if (found.isEmpty()) {
            return missing();
        }
        var entry = found.get();
        if (!entry.signature().equals(call.query().get("signature"))) {
            return denied("The request signature we calculated does not match the signature you provided.");
        }
        return pictures.isExpired(entry) ? denied("Request has expired") : picture(entry.picture());
    }

    /**
     * A picture as the body of a reply. Blocks, to draw.
     *
     * @param picture the picture
     * @return 200 with its length and type
     */
    public static Reply picture(LazyPicture picture) {
        return Reply.document(200, picture.format().mediaType(), picture.file()).withContentLength();
    }

    /**
     * The way to somewhere else.
     *
     * @param where an absolute URL
     * @return a 302
     */
    public static Reply moved(String where) {
        return Reply.document(302, "text/plain", new byte[0])
                .header("Location", where)
                .withContentLength();
    }

    private static Reply denied(String why) {
        return xml(403, "AccessDenied", why);
    }

    private static Reply missing() {
        return xml(404, "NoSuchKey", "The specified key does not exist.");
    }

    private static Reply xml(int status, String code, String message) {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>\n";
        return Reply.document(status, "application/xml", text.getBytes(UTF_8));
    }
}
