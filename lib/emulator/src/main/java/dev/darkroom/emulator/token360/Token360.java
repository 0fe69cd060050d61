package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Entrance;
import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Ids;
import dev.darkroom.emulator.desk.Pages;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Tongue;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
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
public final class Token360 implements Tongue {

    private static final String GENERATIONS = "/images/generations";
    private static final int LARGEST = 1 << 20;

    private final OrderRules rules;
    private final NativeRules nativeRules;
    private final Generator generator;
    private final StoredImages stored;
    private final Entrance entrance;

    /**
     * A router without a past.
     *
     * @param studio where pictures are made
     * @param gallery where their URLs lead to
     * @param entrance who may have some
     * @param seed of ids and pictures
     */
    public Token360(Studio studio, Gallery gallery, Entrance entrance, long seed) {
        var shelf = new Shelf();
        this.rules = new OrderRules(seed);
        this.nativeRules = new NativeRules(seed);
        this.generator = new Generator(studio, gallery, shelf, new Ids(seed));
        this.stored = new StoredImages(shelf, gallery, studio.pace());
        this.entrance = entrance;
    }

    @Override
    public String prefix() {
        return "/token360/v1";
    }

    @Override
    public Script script(String method, String route) {
        if (isGeneration(method, route)) {
            return Script.GENERATIONS;
        }
        return method.equals("GET") && StoredImages.CONTENT.matcher(route).matches() ? Script.DOWNLOADS : Script.NONE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(stored.answer(guest(call), call));
        }
        if (call.size() > LARGEST) {
            return Mono.just(Pages.page(413, "413 Request Entity Too Large"));
        }
        boolean vendors = NativeRules.apply(call);
        if (!vendors && call.json() != null && call.json().has("image")) {
            return Mono.just(Pages.blocked());
        }
        var guest = guest(call);
        var order = vendors ? nativeRules.read(call) : rules.read(call);
        entrance.admit(guest, order.prompt(), 1, trouble -> refusal(trouble, call));
        return generator.reply(guest, order, call);
    }

    @Override
    public Optional<Reply> refusal(Trouble trouble, Call call) {
        return new Refusals(call.said("model"), trouble).reply();
    }

    @Override
    public Reply error(int status, String message) {
        return Errors.error(status, message, status == 404 ? "not_found_error" : "invalid_request_error", null);
    }

    private static boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(GENERATIONS);
    }

    private static Guest guest(Call call) {
        return Guest.of(call, Errors::badKey, Errors::badKey);
    }
}
