package dev.darkroom.emulator.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The storage behind the gallery's URLs: what a cloud's object storage is to the image APIs.
 *
 * <p>As such a storage does, it takes no credentials beside the URL's own: a request with {@code Authorization} is a
 * 400, so that a client which sends its key to a foreign host is found out.
 *
 * @param gallery the pictures
 */
public record Storage(Gallery gallery) implements Tongue {

    @Override
    public String prefix() {
        return Gallery.PREFIX;
    }

    @Override
    public Script script(String method, String route) {
        return method.equals("GET") ? Script.DOWNLOADS : Script.NONE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.fromCallable(() -> call.method().equals("GET")
                ? get(call)
                : xml(405, "MethodNotAllowed", "The method is not allowed against this resource."));
    }

    @Override
    public Optional<Reply> refusal(Trouble trouble, Call call) {
        return Optional.of(
                switch (trouble.fault()) {
                    case UNAUTHORIZED, FORBIDDEN, MODERATION, HTML_FORBIDDEN -> denied("Access Denied");
                    case NOT_FOUND, MODEL_NOT_FOUND -> missing();
                    case UNAVAILABLE, OVERLOADED, CAPACITY ->
                        trouble.hinted(xml(503, "SlowDown", "Please reduce your request rate."));
                    case PROVIDER_ERROR, HTML_BAD_GATEWAY -> Pages.badGateway();
                    default ->
                        trouble.isRateLimit()
                                ? trouble.hinted(xml(429, "TooManyRequests", "Please reduce your request rate."))
                                : xml(500, "InternalError", "We encountered an internal error. Please try again.");
                });
    }

    @Override
    public Reply error(int status, String message) {
        return xml(status, "InvalidRequest", message);
    }

    private Reply get(Call call) {
        if (call.header("authorization").isPresent()) {
            return xml(400, "InvalidArgument", "Only one auth mechanism allowed: the URL is signed.");
        }
        if (call.fault().is(Fault.REDIRECT)) {
            return moved(call.origin() + Gallery.PREFIX + call.route() + query(call));
        }
        if (call.fault().is(Fault.NOT_AN_IMAGE)) {
            return Pages.page(200, "Sign in");
        }
        var found = gallery.find(call.route().substring(1));
        if (found.isEmpty()) {
            return missing();
        }
        var hanging = found.get();
        if (!hanging.signature().equals(call.query().get("signature"))) {
            return denied("The request signature we calculated does not match the signature you provided.");
        }
        return gallery.isExpired(hanging) ? denied("Request has expired") : picture(hanging.print());
    }

    /**
     * A picture as the body of a reply. Blocks, to draw.
     *
     * @param print the picture
     * @return 200 with its length and type
     */
    public static Reply picture(Print print) {
        return Reply.document(200, print.format().mediaType(), print.file()).measured();
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
                .measured();
    }

    private static String query(Call call) {
        return "?expires=" + call.query().getOrDefault("expires", "") + "&signature="
                + call.query().getOrDefault("signature", "");
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
