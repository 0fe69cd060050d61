package dev.darkroom.livepreview;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * A picture, straight from the store to the socket. One that a newer one has replaced is answered with the newer one: a browser
 * that comes late gets the best there is.
 */
final class PictureAnswer {

    /** What a gateway made is a stranger's document: as a page of its own it may run and load nothing. */
    private static final String SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofHours(1)).cachePrivate().immutable();

    private PictureAnswer() {}

    static Mono<ServerResponse> of(Picture picture, int number, int index, int asked, boolean download) {
        var last = picture.last() && picture.version() == asked;
        var answer = ServerResponse.ok()
                .contentType(MediaType.parseMediaType(picture.mediaType()))
                .contentLength(picture.bytes())
                .cacheControl(last ? FOR_GOOD : CacheControl.noStore())
                .header("Content-Security-Policy", SANDBOX)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cross-Origin-Resource-Policy", "same-origin");
        if (download) {
            var name = "darkroom-" + number + (index == 0 ? "" : "-" + (index + 1)) + "." + picture.extension();
            answer.header(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment().filename(name).build().toString());
        }
        return answer.body(BodyInserters.fromResource(picture.content()));
    }
}
