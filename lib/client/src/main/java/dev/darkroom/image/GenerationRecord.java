package dev.darkroom.image;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway knows afterwards of one generation: whether it was made, and at which cost. Never the picture itself; where the
 * gateway keeps pictures, {@link #pictures()} says which may be fetched. Immutable; start from {@link #unknown()} or
 * {@link #of(Status)}. Gateways add to what they say, and so will this.
 */
public final class GenerationRecord {

    /** What became of it. */
    public enum Status {
        /** The gateway knows nothing of it, perhaps only not yet: ask again later. */
        UNKNOWN,
        /** It is being made: ask again later. */
        RUNNING,
        /** It was made; {@link #usage()} says what it cost. */
        MADE,
        /** It was refused, or it failed, and no picture will come. */
        FAILED,
        /** It was broken off. What was used until then may be billed, and {@link #usage()} says so. */
        CANCELLED
    }

    private static final GenerationRecord UNKNOWN = of(Status.UNKNOWN);

    private final Status status;
    private final @Nullable String generationId;
    private final @Nullable String provider;
    private final @Nullable Instant created;
    private final @Nullable Usage usage;
    private final @Nullable String providerMessage;
    private final List<StoredImage> pictures;

    private GenerationRecord(
            Status status,
            @Nullable String generationId,
            @Nullable String provider,
            @Nullable Instant created,
            @Nullable Usage usage,
            @Nullable String providerMessage,
            List<StoredImage> pictures) {
        this.status = Objects.requireNonNull(status, "status");
        this.generationId = generationId;
        this.provider = provider;
        this.created = created;
        this.usage = usage;
        this.providerMessage = providerMessage;
        this.pictures = pictures;
    }

    /**
     * Nothing is known, perhaps only not yet.
     *
     * @return the record
     */
    public static GenerationRecord unknown() {
        return UNKNOWN;
    }

    /**
     * Nothing but the status is known.
     *
     * @param status what became of it
     * @return the record
     */
    public static GenerationRecord of(Status status) {
        return new GenerationRecord(status, null, null, null, null, null, List.of());
    }

    /**
     * What became of it.
     *
     * @return the status
     */
    public Status status() {
        return status;
    }

    /**
     * Whether this is the last word; otherwise it may be asked for again later.
     *
     * @return true unless nothing is known or it is being made
     */
    public boolean isFinal() {
        return status != Status.UNKNOWN && status != Status.RUNNING;
    }

    /**
     * The gateway's handle for it.
     *
     * @return null if there is none
     */
    public @Nullable String generationId() {
        return generationId;
    }

    /**
     * Who rendered, where a router says.
     *
     * @return null otherwise
     */
    public @Nullable String provider() {
        return provider;
    }

    /**
     * When it was begun, by the gateway's clock.
     *
     * @return null if it does not say
     */
    public @Nullable Instant created() {
        return created;
    }

    /**
     * What was used and what it cost; in its {@link Usage#fields()} stands everything that the gateway says, by its own names.
     *
     * @return null if it does not say
     */
    public @Nullable Usage usage() {
        return usage;
    }

    /**
     * The gateway's own words for why there is no picture; they may quote the prompt.
     *
     * @return null if there are none
     */
    public @Nullable String providerMessage() {
        return providerMessage;
    }

    /**
     * What the gateway keeps of it: to be fetched by {@code stored()} of the client. More than one where it cannot tell them apart.
     *
     * @return empty where a gateway keeps no pictures
     */
    public List<StoredImage> pictures() {
        return pictures;
    }

    /**
     * With the gateway's handle.
     *
     * @param generationId null for none
     * @return a copy
     */
    public GenerationRecord withGenerationId(@Nullable String generationId) {
        return new GenerationRecord(status, generationId, provider, created, usage, providerMessage, pictures);
    }

    /**
     * With who rendered.
     *
     * @param provider null for nobody known
     * @return a copy
     */
    public GenerationRecord withProvider(@Nullable String provider) {
        return new GenerationRecord(status, generationId, provider, created, usage, providerMessage, pictures);
    }

    /**
     * With when it was begun.
     *
     * @param created by the gateway's clock; null if it does not say
     * @return a copy
     */
    public GenerationRecord withCreated(@Nullable Instant created) {
        return new GenerationRecord(status, generationId, provider, created, usage, providerMessage, pictures);
    }

    /**
     * With what was used.
     *
     * @param usage null if the gateway does not say
     * @return a copy
     */
    public GenerationRecord withUsage(@Nullable Usage usage) {
        return new GenerationRecord(status, generationId, provider, created, usage, providerMessage, pictures);
    }

    /**
     * With the gateway's own words.
     *
     * @param providerMessage null for none
     * @return a copy
     */
    public GenerationRecord withProviderMessage(@Nullable String providerMessage) {
        return new GenerationRecord(status, generationId, provider, created, usage, providerMessage, pictures);
    }

    /**
     * With what the gateway keeps of it.
     *
     * @param pictures to be fetched
     * @return a copy
     */
    public GenerationRecord withPictures(List<StoredImage> pictures) {
        return new GenerationRecord(
                status, generationId, provider, created, usage, providerMessage, List.copyOf(pictures));
    }

    /** Neither the gateway's words nor its fields, which may name an account. */
    @Override
    public String toString() {
        var cost = usage == null || usage.cost() == null
                ? ""
                : ", " + usage.cost().stripTrailingZeros().toPlainString() + " " + usage.costUnit();
        return "GenerationRecord[" + status + ", " + generationId + cost + ", " + pictures.size() + " kept]";
    }
}
