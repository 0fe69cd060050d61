package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.picture.Commission;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Picture;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Renders the pictures of a job, one after the other. Each takes the latency set, in equal steps: its previews, then the
 * picture. Parts arrive on a worker thread.
 */
public final class Renderer {

    private static final byte[] NO_FILE = {};

    private final Timing timing;
    private final int divisor;

    /**
     * A renderer.
     *
     * @param timing when things happen
     * @param divisor by how much pictures are smaller, on each side, than asked for
     */
    public Renderer(Timing timing, int divisor) {
        this.timing = timing;
        this.divisor = divisor;
    }

    /**
     * The clock.
     *
     * @return when things happen
     */
    public Timing timing() {
        return timing;
    }

    /**
     * Accepts a job, and renders it into files.
     *
     * @param job what to render
     * @param previews how many of each image
     * @return emits per image its previews (markup: its text), then the image, or that it is not coming
     */
    public Flux<RenderedPart> render(RenderJob job, int previews) {
        return renderer(job).start(job, previews, true);
    }

    /**
     * Accepts a job whose pictures are fetched later: nothing is drawn yet.
     *
     * @param job what to render
     * @return emits each image, or that it is not coming
     */
    public Flux<RenderedPart> renderLazily(RenderJob job) {
        return renderer(job).start(job, 0, false);
    }

    /**
     * A picture of a job, finished or not.
     *
     * @param job the job
     * @param image its number
     * @return the picture
     */
    public LazyPicture picture(RenderJob job, int image) {
        var size = job.size().shrunk(divisor);
        var commission = new Commission(
                job.prompt(),
                job.seed() + image,
                size.width(),
                size.height(),
                job.transparent(),
                job.references(),
                job.retouch());
        return new LazyPicture(commission, job.format(), job.compression(), job.animation());
    }

    private Renderer renderer(RenderJob job) {
        return new Renderer(timing.forCall(job.call()), divisor);
    }

    private Flux<RenderedPart> start(RenderJob job, int previews, boolean drawn) {
        job.call().imageCounter().accept(job.images().size());
        return Flux.fromIterable(attempted(job)).concatMap(image -> parts(job, image, previews, drawn), 1);
    }

    /** The images which are tried, in order. */
    private static List<Integer> attempted(RenderJob job) {
        var plan = job.call().fault();
        int stop = plan.is(Fault.IMAGES_STOPPED) ? job.images().indexOf(plan.eventsBefore(0)) : -1;
        return stop < 0 ? job.images() : job.images().subList(0, stop + 1);
    }

    private Flux<RenderedPart> parts(RenderJob job, int image, int previews, boolean drawn) {
        var plan = job.call().fault();
        boolean fails = (plan.is(Fault.IMAGE_FAILED) || plan.is(Fault.IMAGES_STOPPED)) && plan.eventsBefore(0) == image;
        if (fails) {
            return timing.<RenderedPart>step(1, () -> new RenderedPart.Failed(image, plan.fault()))
                    .doOnNext(failed -> job.call().imageCounter().failed())
                    .flux();
        }
        if (!drawn) {
            return timing.<RenderedPart>step(1, () -> finished(job, image, NO_FILE))
                    .flux();
        }
        return Mono.fromCallable(() -> Picture.of(picture(job, image).commission()))
                .subscribeOn(timing.workers())
                .flatMapMany(picture -> job.format() == Format.SVG
                        ? markup(job, image, picture)
                        : pixels(job, image, picture, plan.is(Fault.NO_PARTIALS) ? 0 : previews));
    }

    private Flux<RenderedPart> pixels(RenderJob job, int image, Picture picture, int previews) {
        var format = job.format();
        int quality = job.compression();
        Flux<RenderedPart> shown = Flux.range(0, previews)
                .concatMap(
                        i -> timing.step(
                                previews + 1,
                                () -> new RenderedPart.Preview(
                                        image, i, picture.preview(i, previews, format, quality))),
                        1);
        return shown.concatWith(timing.step(previews + 1, () -> finished(job, image, file(job, picture))));
    }

    private static byte[] file(RenderJob job, Picture picture) {
        return job.animation() == null
                ? picture.encode(job.format(), job.compression())
                : picture.animate(job.animation());
    }

    private Flux<RenderedPart> markup(RenderJob job, int image, Picture picture) {
        var chunks = picture.markup().chunks();
        int steps = chunks.size() + 1;
        Flux<RenderedPart> written = Flux.fromIterable(chunks)
                .concatMap(text -> timing.step(steps, () -> new RenderedPart.Text(image, "content", text)), 1);
        return Flux.<RenderedPart>just(new RenderedPart.Text(image, "reasoning", picture.plan()))
                .concatWith(written)
                .concatWith(timing.step(
                        steps, () -> finished(job, image, picture.encode(job.format(), job.compression()))));
    }

    private RenderedPart finished(RenderJob job, int image, byte[] file) {
        job.call().imageCounter().made();
        return new RenderedPart.Finished(image, picture(job, image), file);
    }
}
