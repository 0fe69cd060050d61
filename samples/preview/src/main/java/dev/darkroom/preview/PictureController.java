package dev.darkroom.preview;

import java.time.Duration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Pictures, straight from their files to the socket. A picture that a newer one has replaced is answered with the newer one:
 * a browser that comes late gets the best there is.
 */
@RestController
final class PictureController {

    /** What a gateway made is a stranger's document: as a page of its own it may run and load nothing. */
    private static final String SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofHours(1)).cachePrivate().immutable();

    private final Pages pages;

    PictureController(Pages pages) {
        this.pages = pages;
    }

    @GetMapping("/api/pages/{page}/generations/{number}/images/{index}/{version}")
    ResponseEntity<Resource> picture(
            @PathVariable("page") String id,
            @PathVariable int number,
            @PathVariable int index,
            @PathVariable int version,
            @RequestParam(defaultValue = "false") boolean download) {
        var generation = pages.page(id).generation(number);
        var picture = generation == null ? null : generation.progress().picture(index);
        if (picture == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such picture.");
        }
        var last = picture.last() && picture.version() == version;
        var answer = ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(picture.mediaType()))
                .contentLength(picture.bytes())
                .cacheControl(last ? FOR_GOOD : CacheControl.noStore())
                .header("Content-Security-Policy", SANDBOX);
        if (download) {
            var name = "darkroom-" + number + (index == 0 ? "" : "-" + (index + 1)) + "." + picture.extension();
            answer.header(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment().filename(name).build().toString());
        }
        return answer.body(new FileSystemResource(picture.file()));
    }
}
