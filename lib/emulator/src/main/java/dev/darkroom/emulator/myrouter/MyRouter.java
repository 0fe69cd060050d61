package dev.darkroom.emulator.myrouter;

import dev.darkroom.emulator.desk.Counter;
import dev.darkroom.emulator.desk.Entrance;
import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Refusal;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Tongue;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.seedream.Rules;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * myrouter's Seedream endpoints: no streams, nothing but {@code images} in the answer.
 *
 * <p>Its page for 4.5 prints objects in that list without saying what is in them; the sibling's page for the same endpoint,
 * and all code seen in the wild, have strings: they are the default here, and the faults {@code IMAGE_URL_OBJECTS} and
 * {@code URL_OBJECTS} bring the others. A field nobody knows is ignored, as code in the wild relies on.
 *
 * @see <a href="https://docs.myrouter.ai/docs/models/reference-seedream-4.5">myrouter, Seedream 4.5</a>
 */
public final class MyRouter implements Tongue {

    private final Studio studio;
    private final Gallery gallery;
    private final Entrance entrance;
    private final long seed;

    /**
     * A router without a past.
     *
     * @param studio where pictures are made
     * @param gallery where their URLs lead to
     * @param entrance who may have some
     * @param seed of pictures
     */
    public MyRouter(Studio studio, Gallery gallery, Entrance entrance, long seed) {
        this.studio = studio;
        this.gallery = gallery;
        this.entrance = entrance;
        this.seed = seed;
    }

    @Override
    public String prefix() {
        return "/myrouter/v3";
    }

    @Override
    public Script script(String method, String route) {
        return method.equals("POST") && Endpoint.at(route).isPresent() ? Script.GENERATIONS : Script.NONE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var guest = Guest.of(call, Errors::noKey, Errors::badKey);
        var endpoint = Endpoint.at(call.route()).filter(found -> call.method().equals("POST"));
        if (endpoint.isEmpty()) {
            return Mono.just(Errors.notFound());
        }
        var job = read(endpoint.get(), call);
        entrance.admit(guest, job.prompt(), Math.max(1, job.images().size()), trouble -> refusal(trouble, call));
        return new Counter(studio).document(job, false, new Wording(call, gallery));
    }

    @Override
    public Optional<Reply> refusal(Trouble trouble, Call call) {
        return new Refusals(trouble).reply();
    }

    @Override
    public Reply error(int status, String message) {
        return Errors.error(status, status == 404 ? "API_NOT_FOUND" : "INVALID_REQUEST_BODY", message);
    }

    private Job read(Endpoint endpoint, Call call) {
        var complaints = new Complaints();
        var form = Form.of(call.json(), complaints);
        var prompt = form.requiredText("prompt");
        if (prompt.isBlank()) {
            throw new Refusal(complaints.missing("prompt"));
        }
        var rules = new Rules(endpoint.version(), complaints);
        rules.checkWords(form);
        var references = new ReferenceRules(endpoint).read(form, rules);
        var most = endpoint.older() ? form.integer("max_images", 1, 15) : rules.maxImages(form);
        int images = rules.images(form, most, prompt, references.size());
        var size = rules.size(form.text("size"), prompt, references);
        return Job.of(call, prompt, seed, size, references, Format.JPEG, images);
    }
}
