package dev.darkroom.internal.gateway.dashscope;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** DashScope in the list of gateways. */
public final class DashScopeProvider implements GatewayProvider {

    /** For the service loader. */
    public DashScopeProvider() {}

    @Override
    public String name() {
        return DashScope.NAME;
    }

    @Override
    public String displayName() {
        return "DashScope";
    }

    @Override
    public String defaultModel() {
        return "wan2.7-image-pro";
    }

    @Override
    public List<ImageOption<?>> options() {
        return DashScopeRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new DashScopeDialect();
    }
}
