package dev.darkroom.internal.gateway.myrouter;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;

/** myrouter in the list of gateways. */
public final class MyRouterProvider implements GatewayProvider {

    /** For the service loader. */
    public MyRouterProvider() {}

    @Override
    public String name() {
        return "myrouter";
    }

    @Override
    public String displayName() {
        return "myrouter";
    }

    @Override
    public String defaultModel() {
        return "seedream-4.5";
    }

    @Override
    public Dialect dialect() {
        return new MyRouterDialect();
    }
}
