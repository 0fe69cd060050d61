package dev.darkroom.cli;

import dev.darkroom.StoredImages;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** {@code darkroom images list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists stored images: a record for each request, also for one that failed.",
        footer = {
            "",
            "After an unknown outcome look here for your prompt before you ask again. A",
            "record appears when its image is made, so one that is not there may come yet."
        })
final class ListImages extends StoredImagesCommand {

    private static final int LARGEST_PAGE = 100;

    /** By time of creation, as the API spells it. */
    enum Order {
        /** The oldest first. */
        ASC,
        /** The newest first. */
        DESC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--limit", paramLabel = "N", description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "asc for the oldest first, desc for the newest (default: ${DEFAULT-VALUE}).")
    private Order order = Order.DESC;

    @Option(names = "--after", paramLabel = "ID", description = "Those behind this one, in that order.")
    private @Nullable String after;

    @Option(
            names = "--before",
            paramLabel = "ID",
            description = "Those before this one, in that order; without --after the nearest.")
    private @Nullable String before;

    ListImages(ProcessContext process) {
        super(process);
    }

    @Override
    Mono<Integer> run(StoredImages stored) {
        var query = query();
        return stored.list(query).take(limit).collectList().map(images -> {
            show(query.isBackwards() ? reversed(images) : images);
            return ExitStatus.DONE;
        });
    }

    private StoredImageQuery query() {
        if (limit < 1) {
            throw usageError("--limit must be 1 or more, not " + limit);
        }
        var query = order == Order.ASC ? StoredImageQuery.oldestFirst() : StoredImageQuery.newestFirst();
        try {
            query = after == null ? query : query.after(after);
            query = before == null ? query : query.before(before);
        } catch (IllegalArgumentException e) {
            throw usageError(String.valueOf(e.getMessage()));
        }
        return query.pageSize(Math.min(limit, LARGEST_PAGE));
    }

    /** Walked from its end, shown in its order. */
    private static List<StoredImage> reversed(List<StoredImage> images) {
        var copy = new ArrayList<>(images);
        Collections.reverse(copy);
        return copy;
    }

    private void show(List<StoredImage> images) {
        if (isJson()) {
            images.forEach(image -> print(StoredImagePage.json(image) + "\n"));
        } else if (images.isEmpty()) {
            note("there are none");
        } else {
            print(StoredImagePage.table(images));
        }
    }
}
