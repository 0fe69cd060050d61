package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * token360's image API: generations in the router's own form and in the vendor's, and the stored images.
 *
 * <p>In front of it stand, as one report says, a load balancer which takes no body above 1 MiB, and a firewall which blocks
 * every body with a field {@code image}, with a web page; both before the key is looked at. The pages promise reference
 * images and name no field; {@code reference_images} is taken, after the page about normalised fields. With native
 * parameters {@code image} passes, as that page says.
 *
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/image-generation">token360, image generation</a>
 */
public final class Token360 implements Protocol {

    private static final String GENERATIONS = "/images/generations";
    private static final int MAX_BODY = 1 << 20;

    private final RequestRules rules;
    private final NativeRules nativeRules;
    private final Generator generator;
    private final StoredImageRoutes stored;
    private final AdmissionCheck admission;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public Token360(GatewayContext context) {
        var store = new ImageStore();
        this.rules = new RequestRules(context.seed());
        this.nativeRules = new NativeRules(context.seed());
        this.generator = new Generator(context.renderer(), context.pictures(), store, new IdGenerator(context.seed()));
        this.stored = new StoredImageRoutes(
                store, context.pictures(), context.renderer().timing());
        this.admission = context.admission();
    }

    @Override
    public String prefix() {
        return "/token360/v1";
    }

    @Override
    public List<String> models() {
        return Model.ids();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(GENERATIONS);
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        if (isGeneration(method, route)) {
            return RouteKind.GENERATION;
        }
        return method.equals("GET") && StoredImageRoutes.CONTENT.matcher(route).matches()
                ? RouteKind.DOWNLOAD
                : RouteKind.OTHER;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(stored.answer(apiKey(call), call));
        }
        if (call.size() > MAX_BODY) {
            return Mono.just(HtmlPages.page(413, "413 Request Entity Too Large"));
        }
        boolean nativeForm = NativeRules.apply(call);
        if (!nativeForm && call.json() != null && call.json().has("image")) {
            return Mono.just(HtmlPages.blocked());
        }
        var apiKey = apiKey(call);
        var request = nativeForm ? nativeRules.read(call) : rules.read(call);
        admission.check(apiKey, request.prompt(), 1, error -> faultReply(error, call));
        return generator.reply(apiKey, request, call);
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return new FaultReplies(call.fieldText("model"), error).reply();
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, message, status == 404 ? "not_found_error" : "invalid_request_error", null);
    }

    private static ApiKey apiKey(Call call) {
        return ApiKey.of(call, Errors::invalidKey, Errors::invalidKey);
    }
}
