package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Token360;

/** token360 in the list of gateways once more: spoken to in each vendor's own words. */
public final class Token360NativeProvider implements GatewayProvider {

    /** For the service loader. */
    public Token360NativeProvider() {}

    @Override
    public String name() {
        return Token360.NATIVE;
    }

    @Override
    public String displayName() {
        return "token360, native parameters";
    }

    @Override
    public String keyVariable() {
        return "TOKEN360_API_KEY";
    }

    @Override
    public String defaultModel() {
        return "dola-seedream-5.0-lite";
    }

    @Override
    public Dialect dialect() {
        return new Token360Dialect().nativeParams();
    }
}
