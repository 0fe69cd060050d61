package dev.darkroom.dialect;

import java.util.stream.Stream;

/** The dialects of this house, for what holds for each of them. */
final class Dialects {

    private Dialects() {}

    static Stream<Dialect> all() {
        return Stream.of(
                new OpenRouterDialect(),
                new OpenAiDialect(),
                new Token360Dialect(),
                new MyRouterDialect(),
                new ArkDialect(),
                new MiniMaxDialect());
    }
}
