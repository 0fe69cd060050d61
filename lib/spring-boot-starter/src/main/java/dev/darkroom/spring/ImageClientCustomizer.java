package dev.darkroom.spring;

import dev.darkroom.ImageClient;

/**
 * Changes each client before the application gets it: what properties cannot say. A bean; several are applied in their
 * {@link org.springframework.core.annotation.Order order}, after the properties.
 *
 * <pre>{@code
 * @Bean
 * ImageClientCustomizer budget(Ledger ledger) {
 *     return (name, client) -> client.decorate(next -> request -> next.generate(request)
 *             .publishOn(Schedulers.boundedElastic()) // events come on an event loop, and a ledger may block
 *             .doOnNext(ledger::book));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ImageClientCustomizer {

    /**
     * Changes a client.
     *
     * @param name what it is called under {@code darkroom.clients}; {@value PropertyNames#DEFAULT} for the default one
     * @param client as it is so far
     * @return a copy of it
     */
    ImageClient customize(String name, ImageClient client);
}
