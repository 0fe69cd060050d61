package dev.darkroom.emulator.gateway;

import dev.darkroom.emulator.gateway.ark.Ark;
import dev.darkroom.emulator.gateway.azure.Azure;
import dev.darkroom.emulator.gateway.chat.ChatCompletions;
import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.dashscope.DashScope;
import dev.darkroom.emulator.gateway.gemini.Gemini;
import dev.darkroom.emulator.gateway.minimax.MiniMax;
import dev.darkroom.emulator.gateway.myrouter.MyRouter;
import dev.darkroom.emulator.gateway.openai.OpenAi;
import dev.darkroom.emulator.gateway.openrouter.OpenRouter;
import dev.darkroom.emulator.gateway.responses.Responses;
import dev.darkroom.emulator.gateway.token360.Token360;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The one list of the gateways which the emulator speaks. A new one is a folder beside this class and a line in it. */
public final class Gateways {

    private static final List<Function<GatewayContext, Protocol>> ALL = List.of(
            OpenRouter::new,
            Token360::new,
            MyRouter::new,
            OpenAi::new,
            Azure::new,
            Responses::new,
            Ark::new,
            MiniMax::new,
            Gemini::new,
            ChatCompletions::new,
            DashScope::new);

    private final Map<String, Protocol> byName = new LinkedHashMap<>();

    /**
     * All gateways of one emulator.
     *
     * @param renderer draws their pictures
     * @param pictures keeps those which are handed out as URLs
     * @param admission makes the check of each gateway, which counts for itself
     * @param seed of ids, and of pictures whose request names none
     */
    public Gateways(Renderer renderer, PictureStore pictures, Supplier<AdmissionCheck> admission, long seed) {
        for (var gateway : ALL) {
            var protocol = gateway.apply(new GatewayContext(renderer, pictures, admission.get(), seed));
            byName.put(name(protocol), protocol);
        }
    }

    /**
     * What they speak.
     *
     * @return in the order of the list
     */
    public List<Protocol> protocols() {
        return List.copyOf(byName.values());
    }

    /**
     * Their names.
     *
     * @return such as {@code openrouter}, in the order of the list
     */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * Where a gateway's API is.
     *
     * @param name the gateway's
     * @return a path such as {@code /openrouter/api/v1}
     * @throws IllegalArgumentException if there is no such gateway; the message lists those there are
     */
    public String basePath(String name) {
        return protocol(name).basePath();
    }

    /**
     * Which models a gateway knows.
     *
     * @param name the gateway's
     * @return their ids, as a request names them
     * @throws IllegalArgumentException if there is no such gateway; the message lists those there are
     */
    public List<String> models(String name) {
        return protocol(name).models();
    }

    private Protocol protocol(String name) {
        var protocol = byName.get(name);
        if (protocol == null) {
            throw new IllegalArgumentException(
                    "no gateway \"" + name + "\" in the emulator; known: " + String.join(", ", byName.keySet()));
        }
        return protocol;
    }

    /** The first segment of its path. */
    private static String name(Protocol protocol) {
        return protocol.prefix().split("/", 3)[1];
    }
}
