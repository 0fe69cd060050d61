package dev.darkroom.spring;

import reactor.core.publisher.Mono;

/**
 * Where the keys come from of clients whose properties have none: a vault, for example, whose keys change. A bean.
 *
 * <pre>{@code
 * @Bean
 * ImageApiKeySource vaultKeys(Vault vault) {
 *     return client -> Mono.fromCallable(() -> vault.currentKey(client)).subscribeOn(Schedulers.boundedElastic());
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ImageApiKeySource {

    /**
     * The key of a client. Called once, when the client is made.
     *
     * @param client what it is called under {@code darkroom.clients}; {@value ImageClients#DEFAULT} for the default one
     * @return subscribed to when a request enters the line of its quota and before each attempt
     */
    Mono<String> apiKey(String client);
}
