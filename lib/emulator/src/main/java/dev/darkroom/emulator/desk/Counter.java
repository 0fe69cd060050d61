package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.server.Frame;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hands out what a studio makes, as one document or image by image.
 *
 * @param studio the studio
 */
public record Counter(Studio studio) {

    /**
     * All images in one document.
     *
     * @param job what to make
     * @param files whether in files; else to be fetched later
     * @param report the dialect's words
     * @return exactly one reply
     */
    public Mono<Reply> document(Job job, boolean files, Report report) {
        return shots(job, files).collectList().map(shots -> document(job, report, shots));
    }

    /**
     * A stream of finished images, whose head comes with its first frame.
     *
     * @param job what to make
     * @param files whether in files; else to be fetched later
     * @param report the dialect's words
     * @param alive makes the stream say that it is alive, if it does
     * @return the reply
     */
    public Reply series(Job job, boolean files, Report.Series report, UnaryOperator<Flux<Frame>> alive) {
        var tally = job.call().tally();
        var events = shots(job, files)
                .map(shot -> report.event(shot, now()))
                .concatWith(
                        Mono.fromSupplier(() -> report.summary(tally.images().made(), now())));
        return Reply.lateStream(alive.apply(new StreamFaults(job.call().fault(), report.ending()).apply(events)));
    }

    private Reply document(Job job, Report report, List<Shot> shots) {
        return shots.stream().noneMatch(Shot.Finished.class::isInstance)
                        && !shots.isEmpty()
                        && shots.get(shots.size() - 1) instanceof Shot.Missing missing
                ? report.nothing(missing)
                : new Odd(job.call().fault().fault()).document(report.document(shots, now()));
    }

    private Flux<Shot> shots(Job job, boolean files) {
        return files ? studio.files(job, 0) : studio.prints(job);
    }

    private long now() {
        return studio.pace().seconds();
    }
}
