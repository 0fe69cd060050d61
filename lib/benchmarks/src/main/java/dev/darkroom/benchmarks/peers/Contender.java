package dev.darkroom.benchmarks.peers;

import java.net.URI;
import java.util.function.UnaryOperator;
import reactor.netty.http.client.HttpClient;

/** Everyone who is measured. */
public enum Contender {
    /** This library; images as they are kept, in segments. */
    DARKROOM("Darkroom"),
    /** This library; each image copied into one array. */
    DARKROOM_CONTIGUOUS("Darkroom, `toByteArray()`"),
    /** What Spring's documentation shows, with Base64 of the JDK. */
    WEBCLIENT("WebClient + Jackson"),
    /** Faster, but only for who knows that Jackson can do it: the member is a {@code byte[]}. */
    WEBCLIENT_BYTES("WebClient + Jackson, `byte[]` member"),
    /** The vendor's client for Java, its blocking stream. */
    OPENAI_JAVA("openai-java"),
    /** No client at all: the bytes are read and dropped. */
    DRAIN("reactor-netty drain");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    /** A client of the answers at that place. */
    public Peer connect(URI base) {
        return connect(base, UnaryOperator.identity());
    }

    /** A client whose transport is looked at, where that is reactor-netty's. */
    public Peer connect(URI base, UnaryOperator<HttpClient> netty) {
        return switch (this) {
            case DARKROOM -> DarkroomPeer.inSegments(base, netty);
            case DARKROOM_CONTIGUOUS -> DarkroomPeer.contiguous(base, netty);
            case WEBCLIENT -> new WebClientPeer<>(base, netty, WebClientPeer.TEXT);
            case WEBCLIENT_BYTES -> new WebClientPeer<>(base, netty, WebClientPeer.BYTES);
            case OPENAI_JAVA -> new OpenAiPeer(base);
            case DRAIN -> new DrainPeer(base, netty);
        };
    }
}
