package dev.darkroom.preview;

import dev.darkroom.image.ImageRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a page's script calls. Everything that happens is told by the stream of notices, not by the answers here. */
@RestController
@RequestMapping("/api/pages")
final class PageController {

    /** How soon a browser that lost its stream comes back; well within the grace. */
    private static final Duration RECONNECT = Duration.ofMillis(200);

    private final Pages pages;
    private final ThrottleAwareGenerator generator;
    private final CostEstimates costEstimates;
    private final Duration heartbeat;

    PageController(
            Pages pages, ThrottleAwareGenerator generator, CostEstimates costEstimates, PreviewProperties properties) {
        this.pages = pages;
        this.generator = generator;
        this.costEstimates = costEstimates;
        this.heartbeat = properties.heartbeat();
    }

    /** The page's id, by which everything else is reached. */
    record Opened(String id) {}

    /** The generation's number on its page. */
    record Started(int id) {}

    @PostMapping
    Mono<ResponseEntity<Opened>> open() {
        return pages.create()
                .map(page -> ResponseEntity.created(URI.create("/api/pages/" + page.id()))
                        .body(new Opened(page.id())));
    }

    /** Merged one by one, so that little is read ahead of a browser. */
    @GetMapping(path = "/{page}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Notice>> events(@PathVariable("page") String id) {
        var page = pages.page(id);
        var first =
                ServerSentEvent.<Notice>builder().retry(RECONNECT).comment("").build();
        var beat = ServerSentEvent.<Notice>builder().comment("").build();
        return Flux.merge(
                        1,
                        Flux.just(first),
                        page.notices()
                                .map(notice -> ServerSentEvent.builder(notice)
                                        .event("notice")
                                        .build()),
                        Flux.interval(heartbeat).onBackpressureDrop().map(tick -> beat))
                .takeUntilOther(page.closed());
    }

    @PostMapping(path = "/{page}/generations", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Started> generate(
            @PathVariable("page") String id,
            @RequestPart("order") GenerationForm form,
            @RequestPart(name = "references", required = false) Flux<FilePart> references) {
        var page = pages.page(id);
        return references
                .concatMap(part -> save(page.folder(), part))
                .collectList()
                .flatMap(files -> Mono.defer(() -> start(page, request(form, files)))
                        .doOnError(refused -> files.forEach(ImageFolder::delete)));
    }

    /** The same once more; its references are still here. */
    @PostMapping("/{page}/generations/{number}/again")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Started> again(@PathVariable("page") String id, @PathVariable int number) {
        var page = pages.page(id);
        return start(page, generation(page, number).request());
    }

    @DeleteMapping("/{page}/generations/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable("page") String id, @PathVariable int number) {
        generation(pages.page(id), number).cancel();
    }

    private Mono<Started> start(Page page, ImageRequest request) {
        return Mono.deferContextual(context -> {
            var generation = page.add(request);
            costEstimates.of(request, generation.progress());
            generation.start(generator, context);
            return Mono.just(new Started(generation.id()));
        });
    }

    private static ImageRequest request(GenerationForm form, List<Path> references) {
        try {
            return form.request(references);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }

    private static Mono<Path> save(ImageFolder folder, FilePart part) {
        var file = folder.newFile(); // the name which a browser gives is nothing to build a path of
        return part.transferTo(file).thenReturn(file);
    }

    private static Generation generation(Page page, int number) {
        var generation = page.generation(number);
        if (generation == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such prompt on this page.");
        }
        return generation;
    }
}
