package dev.darkroom.internal.gateway.ark;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** Ark's other region in the list of gateways: the same API, with models and keys of its own. */
public final class BytePlusProvider implements GatewayProvider {

    /** For the service loader. */
    public BytePlusProvider() {}

    @Override
    public String name() {
        return Ark.BYTEPLUS;
    }

    @Override
    public String displayName() {
        return "BytePlus ModelArk";
    }

    @Override
    public String keyVariable() {
        return "ARK_API_KEY";
    }

    @Override
    public String defaultModel() {
        return "seedream-4-5-251128";
    }

    @Override
    public List<ImageOption<?>> options() {
        return ArkRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new ArkDialect(ArkDialect.BYTEPLUS);
    }
}
