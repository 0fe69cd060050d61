package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Alibaba's DashScope: Qwen-Image and Wan, in one call or by a task which is asked after, and given up while it waits.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/model-studio/wan-image-generation-and-editing-api-reference">Model
 *     Studio, Wan 2.7</a>
 */
public final class DashScope implements Protocol {

    private final RequestRules rules;
    private final Generator generator;
    private final TaskRoutes tasks;
    private final AdmissionCheck admission;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public DashScope(GatewayContext context) {
        var store = new TaskStore();
        this.rules = new RequestRules(context.seed());
        this.generator = new Generator(context.renderer(), context.pictures(), store, new IdGenerator(context.seed()));
        this.tasks = new TaskRoutes(store, context.renderer().timing());
        this.admission = context.admission();
    }

    @Override
    public String prefix() {
        return "/dashscope/api/v1";
    }

    @Override
    public List<String> models() {
        return Model.ids();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return Endpoint.of(method, route).isPresent();
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        return isGeneration(method, route)
                ? RouteKind.GENERATION
                : TaskRoutes.kind(method, route).orElse(RouteKind.OTHER);
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var apiKey = ApiKey.of(call, Errors::noKey, Errors::invalidKey);
        var endpoint = Endpoint.of(call.method(), call.route());
        if (endpoint.isEmpty()) {
            return Mono.just(tasks.answer(apiKey, call));
        }
        var request = rules.read(call, endpoint.get());
        admission.check(apiKey, request.prompt(), 1, error -> faultReply(error, call));
        return generator.reply(apiKey, request, call);
    }

    /** A task that is not found has a status of its own instead of an error. */
    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        boolean question = TaskRoutes.kind(call.method(), call.route()).equals(Optional.of(RouteKind.LOOKUP));
        return question && error.fault() == Fault.NOT_FOUND
                ? Optional.of(TaskRoutes.unknown(call.route().substring("/tasks/".length())))
                : new FaultReplies(error).reply();
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, status == 404 ? "NotFound" : "BadRequest", message);
    }
}
