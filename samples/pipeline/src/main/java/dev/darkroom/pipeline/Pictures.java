package dev.darkroom.pipeline;

import dev.darkroom.image.GeneratedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Pictures on their way to their names. Each is written beside, forced to the disk, and only then called a draft; the journal says what
 * the drafts of a prompt shall be called; and then they are moved there, each in one step. So a name has a whole picture or none, and
 * whatever happens in between is finished by the next run.
 */
final class Pictures {

    private static final String UNFINISHED = ".tmp";

    private final RunFolder folder;
    /** Who writes, and this; ended with the last of them. */
    private final Phaser begun = new Phaser(1);

    Pictures(RunFolder folder) {
        this.folder = folder;
    }

    /** Writes drafts; of an image that was not fetched, where it is. */
    Mono<List<SavedPicture>> drafts(Job job, List<GeneratedImage> images) {
        return working(() -> {
            var saved = new ArrayList<SavedPicture>();
            for (var image : images) {
                saved.add(draft(job, image));
            }
            return saved;
        });
    }

    private SavedPicture draft(Job job, GeneratedImage image) throws IOException {
        var url = image.url();
        if (!image.isLoaded()) {
            return new SavedPicture(image.index(), null, image.mediaType(), 0, url == null ? null : url.toString());
        }
        var extension = image.fileExtension();
        var draft = folder.drafts().resolve(job.index() + "." + image.index() + "." + extension);
        var unfinished = draft.resolveSibling(draft.getFileName() + UNFINISHED);
        try (var channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            for (var segment : image.asByteBuffers()) {
                while (segment.hasRemaining()) {
                    channel.write(segment);
                }
            }
            channel.force(true);
        }
        move(unfinished, draft);
        return new SavedPicture(
                image.index(), free(job.name().file(image.index(), extension)), image.mediaType(), image.size(), null);
    }

    /** Nothing is overwritten: not even what came after the check. */
    private String free(String name) {
        var dot = name.lastIndexOf('.');
        var free = name;
        for (var i = 2; Files.exists(folder.resolve(free)); i++) {
            free = name.substring(0, dot) + "." + i + name.substring(dot);
        }
        return free;
    }

    /** Gives the drafts their names. */
    Mono<Void> publish(int index, List<SavedPicture> pictures) {
        return working(() -> {
                    named(index, pictures);
                    return true;
                })
                .then();
    }

    void named(int index, List<SavedPicture> pictures) throws IOException {
        for (var picture : pictures) {
            var file = picture.file();
            if (file != null) {
                var target = folder.resolve(file);
                var draft = ofPicture(index, picture.image());
                if (draft != null) {
                    Files.createDirectories(target.toAbsolutePath().getParent());
                    move(draft, target);
                    Folders.force(target.toAbsolutePath().getParent());
                }
            }
        }
    }

    private @Nullable Path ofPicture(int index, int image) throws IOException {
        try (var found = Files.newDirectoryStream(folder.drafts(), index + "." + image + ".*")) {
            for (var draft : found) {
                if (!draft.toString().endsWith(UNFINISHED)) {
                    return draft;
                }
            }
        }
        return null;
    }

    /** Whole drafts that an earlier run left behind, by prompt; what it had not finished is deleted. */
    Map<Integer, List<Path>> leftBehind() throws IOException {
        var left = new TreeMap<Integer, List<Path>>();
        try (var drafts = Files.newDirectoryStream(folder.drafts())) {
            for (var draft : drafts) {
                var name = String.valueOf(draft.getFileName());
                if (name.endsWith(UNFINISHED)) {
                    Files.deleteIfExists(draft);
                } else {
                    promptOf(draft)
                            .ifPresent(prompt -> left.computeIfAbsent(prompt, i -> new ArrayList<>())
                                    .add(draft));
                }
            }
        }
        return left;
    }

    /** Whose whole picture a file is; nobody's if it is not finished, or none of ours. */
    static Optional<Integer> promptOf(Path draft) {
        var name = String.valueOf(draft.getFileName());
        return name.matches("\\d+\\.\\d+\\.\\w+") && !name.endsWith(UNFINISHED)
                ? Optional.of(Integer.valueOf(name.substring(0, name.indexOf('.'))))
                : Optional.empty();
    }

    /** What drafts are that nobody has named yet. */
    List<SavedPicture> unnamed(Job job, List<Path> drafts) throws IOException {
        var pictures = new ArrayList<SavedPicture>();
        for (var draft : drafts) {
            var parts = String.valueOf(draft.getFileName()).split("\\.");
            var image = Integer.parseInt(parts[1]);
            pictures.add(
                    new SavedPicture(image, free(job.name().file(image, parts[2])), null, Files.size(draft), null));
        }
        return pictures;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private <T> Mono<T> working(Callable<T> work) {
        return FileWork.of(() -> {
            if (begun.register() < 0) {
                throw new IOException("the pipeline is closed");
            }
            try {
                return work.call();
            } finally {
                begun.arriveAndDeregister();
            }
        });
    }

    /** Waits until what has begun is on the disk; nothing begins after that. */
    void close() {
        begun.awaitAdvance(begun.arriveAndDeregister());
    }
}
