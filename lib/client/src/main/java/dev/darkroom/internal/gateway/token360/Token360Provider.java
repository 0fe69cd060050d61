package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;

/** token360 in the list of gateways. */
public final class Token360Provider implements GatewayProvider {

    /** For the service loader. */
    public Token360Provider() {}

    @Override
    public String name() {
        return "token360";
    }

    @Override
    public String displayName() {
        return "token360";
    }

    @Override
    public String defaultModel() {
        return "dola-seedream-5.0-lite";
    }

    @Override
    public Dialect dialect() {
        return new Token360Dialect();
    }
}
