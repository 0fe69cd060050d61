package dev.darkroom.emulator.gateway.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.server.Reply;

/** What proxies and firewalls between a client and an API say: pages, and a sentence. */
public final class HtmlPages {

    private HtmlPages() {}

    /**
     * A proxy which cannot reach what is behind it.
     *
     * @return a 502
     */
    public static Reply badGateway() {
        return page(502, "502 Bad Gateway");
    }

    /**
     * A firewall which does not like the request.
     *
     * @return a 403
     */
    public static Reply blocked() {
        return page(403, "403 Forbidden");
    }

    /**
     * A proxy whose connection to what is behind it was reset, in the words of Envoy.
     *
     * @return a 503
     */
    public static Reply upstreamReset() {
        var words = "upstream connect error or disconnect/reset before headers. reset reason: connection termination";
        return Reply.document(503, "text/plain", words.getBytes(UTF_8));
    }

    /**
     * Any page.
     *
     * @param status the HTTP status
     * @param title what it says
     * @return the reply
     */
    public static Reply page(int status, String title) {
        var html = "<html>\n<head><title>" + title + "</title></head>\n<body><center><h1>" + title
                + "</h1></center></body>\n</html>\n";
        return Reply.document(status, "text/html", html.getBytes(UTF_8));
    }
}
