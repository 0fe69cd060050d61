package dev.darkroom.emulator.openai;

import dev.darkroom.emulator.desk.Entrance;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Ids;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Tongue;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's Images API: generations, edits (multipart and JSON), and the list of models.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">OpenAI, images</a>
 */
public final class OpenAi implements Tongue {

    private static final String GENERATIONS = "/images/generations";
    private static final String EDITS = "/images/edits";
    private static final String MODELS = "/models";

    private final OrderRules rules = new OrderRules();
    private final Generator generator;
    private final Entrance entrance;
    private final Ids ids;

    /**
     * A service without a past.
     *
     * @param studio where pictures are made
     * @param entrance who may have some
     * @param seed of ids and pictures
     */
    public OpenAi(Studio studio, Entrance entrance, long seed) {
        this.generator = new Generator(studio, seed);
        this.entrance = entrance;
        this.ids = new Ids(seed);
    }

    @Override
    public String prefix() {
        return "/openai/v1";
    }

    @Override
    public Script script(String method, String route) {
        return isGeneration(method, route) ? Script.GENERATIONS : Script.NONE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var guest = Guest.of(call, Errors::noKey, Errors::badKey);
        if (isGeneration(call.method(), call.route())) {
            return generate(guest, call);
        }
        boolean reading = call.method().equals("GET") && call.route().startsWith(MODELS);
        return Mono.just(reading ? models(call) : Errors.notFound(call.method(), "/v1" + call.route()));
    }

    @Override
    public Optional<Reply> refusal(Trouble trouble, Call call) {
        return new Refusals(call.said("model"), trouble).reply();
    }

    @Override
    public Reply error(int status, String message) {
        return Errors.error(status, message, "invalid_request_error", null, null);
    }

    /** With the headers every recorded answer has. */
    @Override
    public Reply labelled(Reply reply) {
        return reply.header("x-request-id", "req_" + ids.hex(32))
                .header("openai-version", "2020-10-01")
                .header("openai-organization", "org-emulator")
                .header("openai-processing-ms", "1");
    }

    private static boolean isGeneration(String method, String route) {
        return method.equals("POST") && (route.equals(GENERATIONS) || route.equals(EDITS));
    }

    private Mono<Reply> generate(Guest guest, Call call) {
        var order = rules.read(call, call.route().equals(EDITS));
        int permits = order.n() + order.references().size();
        entrance.admit(guest, order.prompt(), permits, trouble -> refusal(trouble, call));
        return generator.reply(order, call);
    }

    private static Reply models(Call call) {
        if (call.route().equals(MODELS)) {
            var json = Json.object().put("object", "list");
            var data = json.putArray("data");
            Model.ALL.forEach(model -> data.add(json(model)));
            return Json.reply(200, json);
        }
        var id = call.route().substring(MODELS.length() + 1);
        return Model.find(id).map(model -> Json.reply(200, json(model))).orElseGet(() -> Errors.noModel(id));
    }

    private static ObjectNode json(Model model) {
        return Json.object()
                .put("id", model.id())
                .put("object", "model")
                .put("created", model.created())
                .put("owned_by", "system");
    }
}
