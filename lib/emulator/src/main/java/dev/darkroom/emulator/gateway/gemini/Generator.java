package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.StreamFaults;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the images of a request: thoughts, drafts, words and images, each a piece of a stream or a part of one document.
 *
 * <p>Drafts are images among the thoughts, two at most; the last one is the final image, byte for byte, as Google's guide
 * says. Then come the words, if any are wanted, and the image.
 *
 * @param renderer renders the images
 * @param ids of responses
 */
record Generator(Renderer renderer, IdGenerator ids) {

    private static final int MOST_DRAFTS = 2;
    private static final int ID_LENGTH = 22;

    Mono<Reply> reply(ImageRequest request, Call call, Form form) {
        var job = job(request, call);
        return switch (form) {
            case DOCUMENT ->
                job.streams(false, true) ? Mono.just(stream(request, job, Form.EVENTS)) : document(request, job);
            case EVENTS, ITEMS ->
                job.streams(true, true) ? Mono.just(stream(request, job, form)) : document(request, job);
        };
    }

    /** A prompt that is flagged is no error: the answer has no candidate, and says why. */
    Reply blocked(ImageRequest request, Call call, Form form) {
        var json = json(request, call).blocked(new Usage(request).json(0));
        return form == Form.DOCUMENT
                ? Errors.reply(200, json)
                : form.reply(Flux.just(new Pieces(json(request, call), new Usage(request)).last(json)));
    }

    private Mono<Reply> document(ImageRequest request, RenderJob job) {
        return renderer.render(job, drafts(request)).collectList().map(parts -> {
            if (isStopped(job)) {
                return Errors.reply(500, Errors.internal());
            }
            var json = json(request, job.call());
            var pieces = opening(request);
            parts.forEach(part -> pieces.addAll(pieces(request, json, part)));
            return json.faults().document(json.candidate(pieces, finish(request, job), usage(request, job)));
        });
    }

    private Reply stream(ImageRequest request, RenderJob job, Form form) {
        var json = json(request, job.call());
        var pieces = new Pieces(json, new Usage(request));
        var events = Flux.concat(
                Flux.fromIterable(opening(request)).map(pieces::piece),
                renderer.render(job, drafts(request))
                        .concatMapIterable(part -> pieces(request, json, part))
                        .map(pieces::piece),
                Mono.fromSupplier(() -> isStopped(job)
                        ? Pieces.failure(false)
                        : pieces.last(json.candidate(
                                List.of(AnswerJson.text("")), finish(request, job), usage(request, job)))));
        return form.reply(new StreamFaults(job.call().fault(), pieces.ending()).apply(events));
    }

    private static RenderJob job(ImageRequest request, Call call) {
        return RenderJob.of(
                call,
                request.prompt(),
                request.seed(),
                request.size(),
                request.references(),
                request.format(),
                request.image() ? request.images() : 0);
    }

    private AnswerJson json(ImageRequest request, Call call) {
        var faults = new FieldFaults(call.fault().fault());
        return new AnswerJson(request.model().id(), ids.letters(ID_LENGTH), request.format(), faults);
    }

    /** How many drafts are drawn: the last one is the image itself. */
    private int drafts(ImageRequest request) {
        return request.thoughts()
                ? Math.max(0, Math.min(MOST_DRAFTS, renderer.timing().partials()) - 1)
                : 0;
    }

    private static ArrayList<ObjectNode> opening(ImageRequest request) {
        var pieces = new ArrayList<ObjectNode>();
        if (request.thoughts()) {
            pieces.add(AnswerJson.thought("**Considering the composition**\n\nI am weighing light and place.\n\n"));
        }
        if (request.text() && !request.image()) {
            pieces.add(AnswerJson.text("I would draw it at dawn."));
        }
        return pieces;
    }

    private List<ObjectNode> pieces(ImageRequest request, AnswerJson json, RenderedPart part) {
        var pieces = new ArrayList<ObjectNode>();
        if (part instanceof RenderedPart.Preview preview) {
            pieces.add(json.draft(preview.file()));
        }
        if (part instanceof RenderedPart.Finished finished) {
            if (request.thoughts() && renderer.timing().partials() > 0) {
                pieces.add(json.draft(finished.file()));
            }
            if (request.text()) {
                pieces.add(AnswerJson.text("Here is picture " + (part.image() + 1) + ". "));
            }
            pieces.add(json.picture(finished, request.model().thinks()));
        }
        return pieces;
    }

    /** Whether the server failed before anything was made. */
    private static boolean isStopped(RenderJob job) {
        return job.call().fault().is(Fault.IMAGES_STOPPED)
                && made(job) == 0
                && !job.images().isEmpty();
    }

    private static String finish(ImageRequest request, RenderJob job) {
        if (!request.image()) {
            return AnswerJson.STOP;
        }
        if (job.images().isEmpty()) {
            return "NO_IMAGE";
        }
        if (made(job) == 0) {
            return "IMAGE_SAFETY";
        }
        return job.call().fault().is(Fault.IMAGES_STOPPED)
                        && made(job) < job.images().size()
                ? "IMAGE_OTHER"
                : AnswerJson.STOP;
    }

    private static ObjectNode usage(ImageRequest request, RenderJob job) {
        return new Usage(request).json(made(job));
    }

    private static int made(RenderJob job) {
        return job.call().imageCounter().counts().made();
    }
}
