package dev.darkroom.internal.gateway.minimax;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.MiniMax;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** MiniMax in the list of gateways. */
public final class MiniMaxProvider implements GatewayProvider {

    /** For the service loader. */
    public MiniMaxProvider() {}

    @Override
    public String name() {
        return MiniMax.NAME;
    }

    @Override
    public String displayName() {
        return "MiniMax";
    }

    @Override
    public String defaultModel() {
        return "MiniMax-H3-Image";
    }

    @Override
    public List<ImageOption<?>> options() {
        return MiniMaxRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new MiniMaxDialect();
    }
}
