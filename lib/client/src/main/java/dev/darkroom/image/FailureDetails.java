package dev.darkroom.image;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway said of a failure, as data. Immutable; start from {@link #NONE}.
 *
 * @param status the HTTP status, or the one an error event stands for; null if there was no answer
 * @param code the gateway's own word or number for the failure; null if it gave none
 * @param provider who was asked to render, where a router says; null otherwise
 * @param generationId the gateway's handle, where it gave one; null otherwise
 * @param providerMessage the gateway's own sentence; it may quote prompts and account ids, so it is never part of
 *     {@link Throwable#getMessage()}; null if it gave none
 */
public record FailureDetails(
        @Nullable Integer status,
        @Nullable String code,
        @Nullable String provider,
        @Nullable String generationId,
        @Nullable String providerMessage)
        implements Serializable {

    /** Nothing was said. */
    public static final FailureDetails NONE = new FailureDetails(null, null, null, null, null);

    /**
     * The status.
     *
     * @param status an HTTP status
     * @return a copy
     */
    public FailureDetails withStatus(@Nullable Integer status) {
        return new FailureDetails(status, code, provider, generationId, providerMessage);
    }

    /**
     * The gateway's word.
     *
     * @param code for example {@code rate_limit_exceeded}
     * @return a copy
     */
    public FailureDetails withCode(@Nullable String code) {
        return new FailureDetails(status, code, provider, generationId, providerMessage);
    }

    /**
     * Who was asked to render.
     *
     * @param provider for example {@code OpenAI}
     * @return a copy
     */
    public FailureDetails withProvider(@Nullable String provider) {
        return new FailureDetails(status, code, provider, generationId, providerMessage);
    }

    /**
     * The gateway's handle.
     *
     * @param generationId for example {@code gen-img-…}
     * @return a copy
     */
    public FailureDetails withGenerationId(@Nullable String generationId) {
        return new FailureDetails(status, code, provider, generationId, providerMessage);
    }

    /**
     * The gateway's own sentence.
     *
     * @param providerMessage may quote the prompt
     * @return a copy
     */
    public FailureDetails withProviderMessage(@Nullable String providerMessage) {
        return new FailureDetails(status, code, provider, generationId, providerMessage);
    }

    /** Everything but the gateway's own sentence. */
    @Override
    public String toString() {
        return "FailureDetails[status=" + status + ", code=" + code + ", provider=" + provider + ", generationId="
                + generationId + "]";
    }
}
