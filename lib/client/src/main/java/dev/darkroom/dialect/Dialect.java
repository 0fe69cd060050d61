package dev.darkroom.dialect;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How one API spells requests, payloads and errors. Stateless and thread-safe; what belongs to one answer lives in its
 * {@link Reading}.
 */
public interface Dialect {

    /**
     * What messages and metrics call the gateway.
     *
     * @return a short lower-case name, {@code openrouter}
     */
    String name();

    /**
     * Where the API is, unless the client is told otherwise.
     *
     * @return an absolute URL without a trailing slash
     */
    URI baseUrl();

    /**
     * The same API at another place, for one that is spoken to differently from place to place. Asked when a client is told a base
     * URL.
     *
     * @param baseUrl where it is; it may carry a query, which goes along with every call
     * @return the dialect for that place; this one unless overridden
     * @throws IllegalArgumentException if the API cannot be there; the message must not quote the URL
     */
    default Dialect at(URI baseUrl) {
        return this;
    }

    /**
     * Which of the request's options the gateway, or this model of it, does not take. {@link #generate(ImageRequest)}
     * refuses them; a client that was told to ({@code ImageClient.dropUnsupportedOptions}) leaves them out before. It says nothing of values: those that are wrong are refused
     * by {@code generate} alone.
     *
     * @param request what to generate
     * @return why not, by option, in words that complete "not taken: …"; empty if every option is taken
     */
    default Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return Map.of();
    }

    /**
     * Which of the key's quotas a request spends. Requests of one quota wait for each other when one of them is refused.
     *
     * @param request what to generate
     * @return the model, unless the gateway counts otherwise
     */
    default String quota(ImageRequest request) {
        return request.model();
    }

    /**
     * What one attempt spends of the quota, in what the gateway counts.
     *
     * @param request what to generate
     * @return 1 where requests are counted; the number of images where those are; never less than 1
     */
    default int cost(ImageRequest request) {
        return 1;
    }

    /**
     * How the key travels; on each call to the API, and to nowhere else.
     *
     * @param apiKey the key, not empty
     * @return the name and the value of a header: {@code Authorization} and {@code Bearer …} unless the gateway wants another
     */
    default Map.Entry<String, String> credentials(String apiKey) {
        return Map.entry("Authorization", "Bearer " + apiKey);
    }

    /**
     * Whether a URL that an answer named for a {@link Reading.Handle}, a URL to poll, is the gateway's own, so that the key may
     * travel there. Those of the base URL's scheme, host and port are, and are not asked about; nothing is sent to any other.
     *
     * @param url absolute, with the scheme {@code https}
     * @return false, unless overridden
     */
    default boolean speaksAt(URI url) {
        return false;
    }

    /**
     * The header by which the gateway documents that it recognizes a request that comes twice. Each subscription then has a key of
     * its own there, the same for all of its attempts, unless the request brings one.
     *
     * @return the name of the header, {@code Idempotency-Key}; empty where nothing is promised, because a key which is ignored
     *     would only look like safety
     */
    default Optional<String> idempotencyHeader() {
        return Optional.empty();
    }

    /**
     * Writes a request. May block where references are files or bytes, so it is never called on an event loop when there are any.
     *
     * @param request what to generate
     * @return the call, whose bytes are the same however often it is sent
     * @throws RejectedException for everything that can be known to be wrong, all of it in one message
     */
    ApiCall generate(ImageRequest request);

    /**
     * Begins to read the answer to a request.
     *
     * @param request what was asked for
     * @param reply the head of an answer with success (2xx)
     * @return what turns its payloads into events
     */
    Reading reading(ImageRequest request, Reply reply);

    /**
     * Says what an answer without success (other than 2xx) means. Where the gateway's own words leave it open: a refusal of what
     * was never begun is {@code Rejected}, {@code RateLimited} or {@code Unavailable} (only by its own words: a proxy that
     * answers in its place does not know); what says that rendering was tried and
     * failed is {@code GenerationFailed}; and what may hide a picture, such as a time-out of a proxy, is {@code OutcomeUnknown}.
     *
     * @param reply its head
     * @param body the first bytes of its body; perhaps not JSON, perhaps empty
     * @return the failure, by outcome
     */
    ImageException failure(Reply reply, byte[] body);

    /**
     * What would have helped a request whose outcome is open, where a habit of the gateway is known to break such requests off.
     *
     * @param request as it was sent
     * @param failure how it ended
     * @return a sentence which is put behind the failure's message, without a full stop and without the gateway's words; empty
     *     unless overridden
     */
    default Optional<String> advice(ImageRequest request, OutcomeUnknownException failure) {
        return Optional.empty();
    }

    /**
     * What the gateway lists, if it has such a list.
     *
     * @return the catalogue; empty if the API has none
     */
    default Optional<Catalogue> catalogue() {
        return Optional.empty();
    }

    /**
     * What the gateway keeps, if it keeps images.
     *
     * @return how it lists, hands out and deletes them; empty if the API keeps none
     */
    default Optional<Storage> storage() {
        return Optional.empty();
    }

    /**
     * What the gateway says afterwards of a generation, if it keeps records.
     *
     * @return how it is asked; empty if the API has no such call
     */
    default Optional<Lookup> lookup() {
        return Optional.empty();
    }

    /**
     * What can be asked for later of a generation that was begun, if the API answers with {@link Reading#handle() handles} whose id is
     * enough to ask.
     *
     * @return how it is asked for; empty if it cannot be
     */
    default Optional<Begun> begun() {
        return Optional.empty();
    }
}
