/**
 * A reactive client for image-generation APIs. What is exported is promised, and compared release by release; everything
 * else lies below {@code dev.darkroom.internal} and may change with any of them.
 *
 * <p>Reactor, Reactor Netty and Reactive Streams are automatic modules. The last three of Netty are called by nobody here:
 * reactor-netty makes no connection without them, and nothing else would resolve them on a module path.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.darkroom.client {
    exports dev.darkroom;
    exports dev.darkroom.dialect;
    exports dev.darkroom.gate;
    exports dev.darkroom.image;

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
}
