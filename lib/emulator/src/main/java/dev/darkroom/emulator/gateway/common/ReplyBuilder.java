package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.SseFrame;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Builds the reply to a job from what is rendered: one document, or a stream of images.
 *
 * @param renderer renders the images
 */
public record ReplyBuilder(Renderer renderer) {

    /**
     * All images in one document.
     *
     * @param job what to make
     * @param drawn whether the reply holds the files; else they are fetched later
     * @param format the gateway's JSON
     * @return exactly one reply
     */
    public Mono<Reply> document(RenderJob job, boolean drawn, ReplyFormat format) {
        return parts(job, drawn).collectList().map(parts -> document(job, format, parts));
    }

    /**
     * A stream of finished images, whose head comes with its first frame.
     *
     * @param job what to make
     * @param drawn whether the reply holds the files; else they are fetched later
     * @param format the gateway's JSON
     * @param keepAlive makes the stream say that it is alive, if it does
     * @return the reply
     */
    public Reply stream(
            RenderJob job, boolean drawn, ReplyFormat.Streaming format, UnaryOperator<Flux<SseFrame>> keepAlive) {
        var imageCounter = job.call().imageCounter();
        var events = parts(job, drawn)
                .map(part -> format.event(part, now()))
                .concatWith(Mono.fromSupplier(
                        () -> format.summary(imageCounter.counts().made(), now())));
        return Reply.lateStream(keepAlive.apply(new StreamFaults(job.call().fault(), format.ending()).apply(events)));
    }

    private Reply document(RenderJob job, ReplyFormat format, List<RenderedPart> parts) {
        return parts.stream().noneMatch(RenderedPart.Finished.class::isInstance)
                        && !parts.isEmpty()
                        && parts.get(parts.size() - 1) instanceof RenderedPart.Failed last
                ? format.noImages(last)
                : new FieldFaults(job.call().fault().fault()).document(format.document(parts, now()));
    }

    private Flux<RenderedPart> parts(RenderJob job, boolean drawn) {
        return drawn ? renderer.render(job, 0) : renderer.renderLazily(job);
    }

    private long now() {
        return renderer.timing().seconds();
    }
}
