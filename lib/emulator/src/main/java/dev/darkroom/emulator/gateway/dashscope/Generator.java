package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.ReplyBuilder;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Makes the images of a request, for the answer or in a task. A task goes on when the client of its create goes away; its
 * create is answered at once, unless no image takes any time: then the task has ended before.
 *
 * @param renderer where pictures are made
 * @param pictures where their URLs lead to
 * @param tasks where tasks are kept
 * @param ids of tasks and requests
 */
record Generator(Renderer renderer, PictureStore pictures, TaskStore tasks, IdGenerator ids) {

    private static final Logger LOG = LoggerFactory.getLogger(Generator.class);
    private static final int QUARTERS = 4;

    Mono<Reply> reply(ApiKey apiKey, ImageRequest request, Call call) {
        var json = new ReplyJson(request, call, pictures, TaskStore.id(ids));
        var job = RenderJob.of(
                call,
                request.prompt(),
                request.seed(),
                request.size(),
                request.references(),
                Format.PNG,
                request.images());
        return request.endpoint().isAsynchronous()
                ? task(apiKey, json, job)
                : new ReplyBuilder(renderer).document(job, false, json);
    }

    private Mono<Reply> task(ApiKey apiKey, ReplyJson json, RenderJob job) {
        var timing = renderer.timing();
        var queued = timing.latency().multipliedBy(job.images().size()).dividedBy(QUARTERS);
        var task = new Task(TaskStore.id(ids), apiKey.value(), json, timing.now(), queued);
        tasks.put(task);
        job.call().imageCounter().goOn();
        var ended = Sinks.<Void>empty();
        task.runs(renderer.renderLazily(job)
                .subscribe(task::add, e -> LOG.error("The emulator failed while it worked on a task", e), () -> {
                    task.end(timing.now());
                    ended.tryEmitEmpty().orThrow();
                }));
        var begun = Mono.fromSupplier(() -> accepted(task, json, job));
        return timing.latency().isZero() ? ended.asMono().then(begun) : begun;
    }

    private static Reply accepted(Task task, ReplyJson json, RenderJob job) {
        var document = Json.object();
        document.putObject("output").put("task_status", "PENDING").put("task_id", task.id());
        return new FieldFaults(job.call().fault().fault()).document(document.put("request_id", json.requestId()));
    }
}
