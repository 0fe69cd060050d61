package dev.darkroom.internal.gateway.ark;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** Ark in the list of gateways. */
public final class ArkProvider implements GatewayProvider {

    /** For the service loader. */
    public ArkProvider() {}

    @Override
    public String name() {
        return Ark.NAME;
    }

    @Override
    public String displayName() {
        return "Volcengine Ark";
    }

    @Override
    public String defaultModel() {
        return "doubao-seedream-4-5-251128";
    }

    @Override
    public List<ImageOption<?>> options() {
        return ArkRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new ArkDialect();
    }
}
