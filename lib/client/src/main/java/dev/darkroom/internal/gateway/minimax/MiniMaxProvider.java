package dev.darkroom.internal.gateway.minimax;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;

/** MiniMax in the list of gateways. */
public final class MiniMaxProvider implements GatewayProvider {

    /** For the service loader. */
    public MiniMaxProvider() {}

    @Override
    public String name() {
        return "minimax";
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
    public Dialect dialect() {
        return new MiniMaxDialect();
    }
}
