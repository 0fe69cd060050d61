package dev.darkroom.internal.gateway.myrouter;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.MyRouter;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** myrouter in the list of gateways. */
public final class MyRouterProvider implements GatewayProvider {

    /** For the service loader. */
    public MyRouterProvider() {}

    @Override
    public String name() {
        return MyRouter.NAME;
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
    public List<ImageOption<?>> options() {
        return MyRouterRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new MyRouterDialect();
    }
}
