package dev.darkroom.emulator.gateway.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.server.Reply;

/** The HTML of proxies and firewalls between a client and an API. */
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
