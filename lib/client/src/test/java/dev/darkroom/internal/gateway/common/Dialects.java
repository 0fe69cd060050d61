package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.azure.AzureDialect;
import dev.darkroom.internal.gateway.chat.ChatDialect;
import dev.darkroom.internal.gateway.dashscope.DashScopeDialect;
import dev.darkroom.internal.gateway.gemini.GeminiDialect;
import dev.darkroom.internal.gateway.minimax.MiniMaxDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.responses.ResponsesDialect;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import java.net.URI;
import java.util.stream.Stream;

/** The dialects of this house, for what holds for each of them. */
public final class Dialects {

    private Dialects() {}

    public static Stream<Dialect> all() {
        return Stream.of(
                new OpenRouterDialect(),
                new OpenAiDialect(),
                new AzureDialect().at(URI.create("https://resource.openai.azure.com/openai/v1")),
                new Token360Dialect(),
                new MyRouterDialect(),
                new ArkDialect(),
                new MiniMaxDialect(),
                new GeminiDialect(),
                new ChatDialect(),
                new ResponsesDialect(),
                new DashScopeDialect());
    }
}
