/**
 * A reactive client for image-generation APIs. What is exported is promised, and compared release by release; everything
 * else lies below {@code dev.darkroom.internal} and may change with any of them.
 *
 * <p>Reactor, Reactor Netty and Reactive Streams are automatic modules. The last three of Netty are called by nobody here:
 * reactor-netty makes no connection without them, and nothing else would resolve them on a module path.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic", "module"})
module dev.darkroom.client {
    exports dev.darkroom;
    exports dev.darkroom.dialect;
    exports dev.darkroom.dialect.toolkit;
    exports dev.darkroom.gate;
    exports dev.darkroom.gateway;
    exports dev.darkroom.image;
    exports dev.darkroom.json;
    exports dev.darkroom.settings;
    exports dev.darkroom.internal.gate to
            dev.darkroom.redis; // the queues of a gate whose law asks others; released together

    requires static transitive org.jspecify;
    requires transitive org.reactivestreams;
    requires transitive reactor.core;
    requires transitive reactor.netty.http;
    requires transitive tools.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.handler.proxy;
    requires io.netty.transport;
    requires org.slf4j;
    requires reactor.netty.core;
    requires tools.jackson.core;
    requires io.netty.codec.classes.quic;
    requires io.netty.codec.http2;
    requires io.netty.resolver.dns;

    uses dev.darkroom.dialect.GatewayProvider;

    provides dev.darkroom.dialect.GatewayProvider with
            dev.darkroom.internal.gateway.openrouter.OpenRouterProvider,
            dev.darkroom.internal.gateway.token360.Token360Provider,
            dev.darkroom.internal.gateway.token360.Token360NativeProvider,
            dev.darkroom.internal.gateway.myrouter.MyRouterProvider,
            dev.darkroom.internal.gateway.openai.OpenAiProvider,
            dev.darkroom.internal.gateway.azure.AzureProvider,
            dev.darkroom.internal.gateway.responses.ResponsesProvider,
            dev.darkroom.internal.gateway.ark.ArkProvider,
            dev.darkroom.internal.gateway.ark.BytePlusProvider,
            dev.darkroom.internal.gateway.minimax.MiniMaxProvider,
            dev.darkroom.internal.gateway.gemini.GeminiProvider,
            dev.darkroom.internal.gateway.chat.ChatProvider,
            dev.darkroom.internal.gateway.dashscope.DashScopeProvider;
    provides tools.jackson.databind.JacksonModule with
            dev.darkroom.json.ImageEventModule;
}
