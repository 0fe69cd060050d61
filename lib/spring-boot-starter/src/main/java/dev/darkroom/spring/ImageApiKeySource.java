package dev.darkroom.spring;

import reactor.core.publisher.Mono;

/**
 * Where the keys come from of clients whose properties have none: a vault, for example, whose keys change. A bean.
 *
 * <pre>{@code
 * @Bean
 * ImageApiKeySource vaultKeys(Vault vault) {
 *     return client -> Mono.fromCallable(() -> vault.currentKey(client));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ImageApiKeySource {

    /**
     * The key of a client. Called once, when the client is made.
     *
     * @param client what it is called under {@code darkroom.clients}; {@value PropertyNames#DEFAULT} for the default one
     * @return subscribed to before each attempt and again after a wait, on {@code boundedElastic}, where it may block; one that
     *     is empty, fails, or has no answer within a minute fails its request
     */
    Mono<String> apiKey(String client);
}
