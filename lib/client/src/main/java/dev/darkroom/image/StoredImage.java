package dev.darkroom.image;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway remembers of one request: a record, not the bytes. There is one for a request, also where the request
 * made several images.
 *
 * @param id its handle at the gateway
 * @param status what became of the request
 * @param model who painted, in the gateway's words
 * @param prompt what was asked for; empty if the gateway does not say
 * @param createdAt when, by the gateway's clock and in its whole seconds; null if it does not say
 * @param url where the image is for now; null if there is none, or if the gateway does not say
 * @param error the gateway's words for why there is no image; null if there are none
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/image-generation/list-images">token360, list images</a>
 */
public record StoredImage(
        String id,
        StoredStatus status,
        String model,
        String prompt,
        @Nullable Instant createdAt,
        @Nullable URI url,
        @Nullable String error) {

    /**
     * Whether this may be the record of a request: the prompts are alike, white space at their ends aside, and so are the
     * models, one of which may have a version at its end which the other has not. More is not known: an answer names no
     * record, and a record names no options. So a request made twice has two records which both may be of it.
     *
     * @param request what was asked for
     * @return false only if it was another request
     */
    public boolean mayBeOf(ImageRequest request) {
        return prompt.strip().equals(request.prompt().strip())
                && (model.startsWith(request.model()) || request.model().startsWith(model));
    }

    /** Neither the prompt nor the URL, which is often signed. */
    @Override
    public String toString() {
        return "StoredImage[" + id + ", " + status + ", " + model + ", " + createdAt + "]";
    }
}
