package dev.darkroom.preview;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.livepreview.LivePreview;
import dev.darkroom.livepreview.Started;
import java.nio.file.Path;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes what the form asks for. What becomes of it the element tells. */
@RestController
final class GenerationController {

    private final ReferenceFolder folder;

    GenerationController(ReferenceFolder folder) {
        this.folder = folder;
    }

    @PostMapping(path = "/api/generations", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Started> generate(
            LivePreview preview,
            @RequestPart("order") GenerationForm form,
            @RequestPart(name = "references", required = false) Flux<FilePart> references) {
        return folder.keep(references)
                .flatMap(files -> Mono.defer(() -> preview.develop(request(form, files)))
                        .doOnSuccess(started -> preview.closed().subscribe(nothing -> {}, e -> {}, () -> delete(files)))
                        .doOnError(refused -> delete(files)));
    }

    private void delete(List<Path> files) {
        folder.delete(files);
    }

    private static ImageRequest request(GenerationForm form, List<Path> references) {
        try {
            return form.request(references);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }
}
