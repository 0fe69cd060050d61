/** An application on the module path: it requires the client, and what it calls itself. */
module consumer.modular {
    requires dev.darkroom.client;
    requires io.netty.handler;
    requires jdk.httpserver;

    exports consumer.modular;
}
