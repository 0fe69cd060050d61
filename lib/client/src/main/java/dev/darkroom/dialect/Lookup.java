package dev.darkroom.dialect;

import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.ImageRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an API says afterwards what became of a generation. It costs nothing and makes nothing. A 404 means that nothing is known yet;
 * whatever else is no answer is the caller's failure. Unknown fields are ignored.
 */
public interface Lookup {

    /**
     * Asks.
     *
     * @param sought what is to be found
     * @return the call; empty if there is nothing to go by in it
     * @throws dev.darkroom.image.RejectedException if an id cannot be one
     */
    Optional<ApiCall> ask(Sought sought);

    /**
     * Reads the answer to {@link #ask(Sought)}.
     *
     * @param sought what is to be found
     * @param answer the document
     * @return what it says; {@link GenerationRecord#unknown()} if nothing of this
     * @throws IllegalArgumentException if it makes no sense
     */
    GenerationRecord read(Sought sought, Payload answer);

    /**
     * What is known of a generation by who asks.
     *
     * @param generationId the gateway's handle, as its answer or its failure gave it; null if there was none
     * @param request what was asked for; null if that is not known any more
     * @param since when it was asked for, or somewhat earlier; null if that is not known any more
     */
    record Sought(
            @Nullable String generationId,
            @Nullable ImageRequest request,
            @Nullable Instant since) {}
}
