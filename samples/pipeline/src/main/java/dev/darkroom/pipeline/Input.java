package dev.darkroom.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The prompts, from their file, as often as they are wanted and no faster: a subscriber that asks for one has one read, on
 * {@code boundedElastic}.
 *
 * @param file which stays as it is meanwhile
 * @param format how it is written
 * @param reading makes jobs of lines
 */
record Input(Path file, PromptFormat format, JobReading reading) {

    /** That of the options; what comes but once is kept in the spool, so that it can be read again. */
    static Input of(PipelineOptions options, @Nullable InputStream stdin, Path spool) throws IOException {
        return new Input(file(options.input(), stdin, spool), options.format(), new JobReading(options));
    }

    /** Before anything else is done. */
    static void requireReadable(PipelineOptions options) {
        var named = options.input();
        if (named != null && !Files.isReadable(named)) {
            throw new PipelineException("there is no readable file " + named);
        }
    }

    private static Path file(@Nullable Path named, @Nullable InputStream stdin, Path spool) throws IOException {
        if (named != null) {
            return named;
        }
        if (stdin == null) {
            throw new PipelineException("there is no input");
        }
        var draft = spool.resolveSibling("input.tmp");
        Files.copy(stdin, draft, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(draft, spool, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is done with each line. */
    interface Each {
        void line(int index, PromptLine line) throws IOException;
    }

    /** All lines, one after the other; blocks. */
    int walk(Each each) throws IOException {
        try (var reader = PromptReader.of(file, format)) {
            var index = 0;
            for (var line = reader.next(); line != null; line = reader.next()) {
                each.line(index, line);
                index++;
            }
            return index;
        }
    }

    /** Where reading has come to. */
    private static final class Place {

        private final PromptReader reader;
        private int index;

        Place(PromptReader reader) {
            this.reader = reader;
        }
    }

    /** Those that are due, in their order. */
    Flux<Job> jobs(Predicate<Integer> due) {
        return Flux.<Job, Place>generate(
                        () -> new Place(PromptReader.of(file, format)),
                        (place, sink) -> {
                            try {
                                for (var line = place.reader.next(); line != null; line = place.reader.next()) {
                                    var index = place.index++;
                                    if (due.test(index)) {
                                        sink.next(reading.job(index, line));
                                        return place;
                                    }
                                }
                                sink.complete();
                            } catch (IOException | IllegalArgumentException e) {
                                sink.error(e);
                            }
                            return place;
                        },
                        Input::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static void close(Place place) {
        try {
            place.reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
