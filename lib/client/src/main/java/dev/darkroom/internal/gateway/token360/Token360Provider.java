package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Token360;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** token360 in the list of gateways. */
public final class Token360Provider implements GatewayProvider {

    /** For the service loader. */
    public Token360Provider() {}

    @Override
    public String name() {
        return Token360.NAME;
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
    public List<ImageOption<?>> options() {
        return Token360Request.ALL;
    }

    @Override
    public Dialect dialect() {
        return new Token360Dialect();
    }
}
