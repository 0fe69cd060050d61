package dev.darkroom.preview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The pages that are open. Whoever knows a page's id may see and spend, so ids cannot be guessed. */
@Component
final class Pages implements DisposableBean {

    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Page> open = new ConcurrentHashMap<>();
    private final PreviewProperties properties;
    private final Scheduler timer = Schedulers.parallel();
    private final Path root;

    Pages(PreviewProperties properties) throws IOException {
        this.properties = properties;
        this.root = Files.createTempDirectory("darkroom-preview-");
    }

    /** A new page; signals on a thread that may block. */
    Mono<Page> create() {
        return Mono.fromCallable(() -> {
                    if (open.size() >= properties.pages()) {
                        throw new ResponseStatusException(
                                HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open; try again later.");
                    }
                    var bytes = new byte[ID_BYTES];
                    random.nextBytes(bytes);
                    var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                    var page = new Page(
                            id, ImageFolder.in(root, id), properties, timer, expired -> open.remove(expired.id()));
                    open.put(id, page);
                    return page;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** A page which is open; 404 for any other. */
    Page page(String id) {
        var page = open.get(id);
        if (page == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "This page is no longer open.");
        }
        return page;
    }

    /** At once: the server does not stop before its streams have ended, and pictures cost money until then. */
    @EventListener(ContextClosedEvent.class)
    void closeAll() {
        open.values().forEach(Page::close);
        open.clear();
    }

    @Override
    public void destroy() {
        FileSystemUtils.deleteRecursively(root.toFile());
    }
}
