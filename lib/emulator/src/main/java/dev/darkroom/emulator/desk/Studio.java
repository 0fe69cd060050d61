package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.picture.Commission;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Picture;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the pictures of a job, one after the other. Each takes the latency set, in equal steps: its previews, then the
 * picture. Shots arrive on a worker thread.
 */
public final class Studio {

    private static final byte[] NO_FILE = {};

    private final Pace pace;
    private final int divisor;

    /**
     * A studio.
     *
     * @param pace when things happen
     * @param divisor by how much pictures are smaller, on each side, than asked for
     */
    public Studio(Pace pace, int divisor) {
        this.pace = pace;
        this.divisor = divisor;
    }

    /**
     * The clock.
     *
     * @return when things happen
     */
    public Pace pace() {
        return pace;
    }

    /**
     * Accepts a job, and makes it in files.
     *
     * @param job what to make
     * @param previews how many of each image
     * @return emits per image its previews (markup: its text), then the image, or that it is not coming
     */
    public Flux<Shot> files(Job job, int previews) {
        return of(job).develop(job, previews, true);
    }

    /**
     * Accepts a job, and makes it to be fetched later: nothing is drawn yet.
     *
     * @param job what to make
     * @return emits each image, or that it is not coming
     */
    public Flux<Shot> prints(Job job) {
        return of(job).develop(job, 0, false);
    }

    /**
     * The picture of a job which this studio finished, or would.
     *
     * @param job the job
     * @param image its number
     * @return the picture
     */
    public Print print(Job job, int image) {
        var size = job.size().shrunk(divisor);
        var commission = new Commission(
                job.prompt(),
                job.seed() + image,
                size.width(),
                size.height(),
                job.transparent(),
                job.references(),
                job.retouch());
        return new Print(commission, job.format(), job.compression());
    }

    private Studio of(Job job) {
        return new Studio(pace.of(job.call()), divisor);
    }

    private Flux<Shot> develop(Job job, int previews, boolean files) {
        job.call().tally().accept(job.images().size());
        return Flux.fromIterable(coming(job)).concatMap(image -> shots(job, image, previews, files), 1);
    }

    /** The images which are tried, in order. */
    private static List<Integer> coming(Job job) {
        var plan = job.call().fault();
        int stop = plan.is(Fault.IMAGES_STOPPED) ? job.images().indexOf(plan.eventsBefore(0)) : -1;
        return stop < 0 ? job.images() : job.images().subList(0, stop + 1);
    }

    private Flux<Shot> shots(Job job, int image, int previews, boolean files) {
        var plan = job.call().fault();
        boolean fails = (plan.is(Fault.IMAGE_FAILED) || plan.is(Fault.IMAGES_STOPPED)) && plan.eventsBefore(0) == image;
        if (fails) {
            return pace.<Shot>step(1, () -> new Shot.Missing(image, plan.fault()))
                    .doOnNext(missing -> job.call().tally().failed())
                    .flux();
        }
        if (!files) {
            return pace.<Shot>step(1, () -> finished(job, image, NO_FILE)).flux();
        }
        return Mono.fromCallable(() -> Picture.of(print(job, image).commission()))
                .subscribeOn(pace.workers())
                .flatMapMany(picture -> job.format() == Format.SVG
                        ? markup(job, image, picture)
                        : pixels(job, image, picture, plan.is(Fault.NO_PARTIALS) ? 0 : previews));
    }

    private Flux<Shot> pixels(Job job, int image, Picture picture, int previews) {
        var format = job.format();
        int quality = job.compression();
        Flux<Shot> shown = Flux.range(0, previews)
                .concatMap(
                        i -> pace.step(
                                previews + 1,
                                () -> new Shot.Preview(image, i, picture.preview(i, previews, format, quality))),
                        1);
        return shown.concatWith(pace.step(previews + 1, () -> finished(job, image, picture.encode(format, quality))));
    }

    private Flux<Shot> markup(Job job, int image, Picture picture) {
        var chunks = picture.markup().chunks();
        int steps = chunks.size() + 1;
        Flux<Shot> written = Flux.fromIterable(chunks)
                .concatMap(text -> pace.step(steps, () -> new Shot.Words(image, "content", text)), 1);
        return Flux.<Shot>just(new Shot.Words(image, "reasoning", picture.plan()))
                .concatWith(written)
                .concatWith(pace.step(
                        steps, () -> finished(job, image, picture.encode(job.format(), job.compression()))));
    }

    private Shot finished(Job job, int image, byte[] file) {
        job.call().tally().made();
        return new Shot.Finished(image, print(job, image), file);
    }
}
