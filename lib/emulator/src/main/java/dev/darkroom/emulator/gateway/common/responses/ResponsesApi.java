package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.openai.Errors;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The Responses API with its image tool: creates responses, and where they are kept, retrieves them, reads on in their streams,
 * cancels and deletes them.
 *
 * @see <a href="https://platform.openai.com/docs/guides/background">OpenAI, background mode</a>
 */
public final class ResponsesApi {

    private static final String RESPONSES = "/responses";
    private static final Pattern ONE = Pattern.compile("/responses/([^/]+)");
    private static final Pattern CANCEL = Pattern.compile("/responses/([^/]+)/cancel");

    private final ResponseStore store = new ResponseStore();
    private final Flavour flavour;
    private final CreateRules rules;
    private final Creator creator;
    private final AdmissionCheck admission;

    /**
     * An API which was asked nothing yet.
     *
     * @param context what it is made of
     * @param flavour what is its own
     */
    public ResponsesApi(GatewayContext context, Flavour flavour) {
        this.flavour = flavour;
        this.rules = new CreateRules(flavour, store);
        this.creator = new Creator(context.renderer(), context.seed(), flavour, store);
        this.admission = context.admission();
    }

    /**
     * What a request is for.
     *
     * @param method the HTTP method
     * @param route the path below the API's
     * @return {@link RouteKind#OTHER} for what this API does not know
     */
    public RouteKind routeKind(String method, String route) {
        if (method.equals("POST") && route.equals(RESPONSES)) {
            return RouteKind.GENERATION;
        }
        if (!flavour.stored()) {
            return RouteKind.OTHER;
        }
        boolean one = ONE.matcher(route).matches();
        if (one && method.equals("GET")) {
            return RouteKind.LOOKUP;
        }
        boolean ends = (one && method.equals("DELETE"))
                || (method.equals("POST") && CANCEL.matcher(route).matches());
        return ends ? RouteKind.CANCELLATION : RouteKind.OTHER;
    }

    /**
     * Answers a request which it knows.
     *
     * @param apiKey who asks
     * @param call for what
     * @param route the path below the API's
     * @return exactly one reply, or a failure with an {@code ErrorReplyException}
     */
    public Mono<Reply> answer(ApiKey apiKey, Call call, String route) {
        return switch (routeKind(call.method(), route)) {
            case GENERATION -> create(apiKey, call);
            case LOOKUP -> Mono.fromSupplier(() -> retrieve(call, find(id(route))));
            default ->
                Mono.fromSupplier(() -> call.method().equals("DELETE") ? delete(route) : cancel(call, id(route)));
        };
    }

    /**
     * The error reply to a request about one response.
     *
     * @param error why
     * @param route the path below the API's
     * @return the reply, or empty where it is the same as to any other request
     */
    public Optional<Reply> faultReply(ErrorContext error, String route) {
        return error.fault() == Fault.NOT_FOUND && route.startsWith(RESPONSES + "/")
                ? Optional.of(notFound(id(route)))
                : Optional.empty();
    }

    private Mono<Reply> create(ApiKey apiKey, Call call) {
        var request = rules.read(call);
        int permits = Math.max(1, request.images()) + request.references().size();
        admission.check(
                apiKey, request.prompt(), permits, error -> flavour.words().refusal(request.model(), error));
        return creator.create(request, call);
    }

    private Reply retrieve(Call call, StoredResponse response) {
        if (!call.query().getOrDefault("stream", "false").equals("true")) {
            return document(call, response);
        }
        if (!response.isResumable()) {
            throw invalid(
                    "You can only stream a response which was created with 'background' and 'stream' true.", "stream");
        }
        return creator.stream(response, call, after(call.query().getOrDefault("starting_after", "-1")));
    }

    private static int after(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw invalid("Invalid type for 'starting_after': expected an integer.", "starting_after");
        }
    }

    private Reply cancel(Call call, String id) {
        var response = find(id);
        if (!response.isBackground()) {
            throw invalid("Cannot cancel a synchronous response.", null);
        }
        response.cancel();
        return document(call, response);
    }

    private Reply delete(String route) {
        var id = id(route);
        if (store.remove(id).isEmpty()) {
            throw new ErrorReplyException(notFound(id));
        }
        return Json.reply(
                200, Json.object().put("id", id).put("object", "response").put("deleted", true));
    }

    private static Reply document(Call call, StoredResponse response) {
        return new FieldFaults(call.fault().fault()).document(response.json()).withContentLength();
    }

    private StoredResponse find(String id) {
        return store.find(id).orElseThrow(() -> new ErrorReplyException(notFound(id)));
    }

    private static String id(String route) {
        return route.split("/")[2];
    }

    private static Reply notFound(String id) {
        return Errors.error(404, "Response with id '" + id + "' not found.", "invalid_request_error", null, null);
    }

    private static ErrorReplyException invalid(String message, @Nullable String param) {
        return new ErrorReplyException(Errors.invalid(message, param, null));
    }
}
