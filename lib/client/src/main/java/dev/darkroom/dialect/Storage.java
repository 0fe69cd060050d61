package dev.darkroom.dialect;

import dev.darkroom.image.StoredImageQuery;
import java.net.URI;

/**
 * How an API lists, hands out and deletes the images which it keeps. Unknown fields are ignored, unknown statuses are kept.
 * An id ends up in a path, so each of these methods refuses one that could lead elsewhere.
 */
public interface Storage {

    /**
     * Asks for a page of the list.
     *
     * @param query which one; its bounds are the caller's, or ids which a page before named
     * @return the call
     * @throws dev.darkroom.image.RejectedException if the gateway cannot be asked that
     */
    ApiCall list(StoredImageQuery query);

    /**
     * Reads the answer to {@link #list(StoredImageQuery)}.
     *
     * @param answer the document
     * @return the page
     * @throws IllegalArgumentException if it is no such page
     */
    StoredPage page(Payload answer);

    /**
     * Asks for the bytes of an image.
     *
     * @param id as the list names it
     * @return the call, answered by the bytes themselves, or by a redirect to where they are
     * @throws dev.darkroom.image.RejectedException if the id cannot be one
     */
    ApiCall content(String id);

    /**
     * Asks where an image is for now.
     *
     * @param id as the list names it
     * @return the call
     * @throws dev.darkroom.image.RejectedException if the id cannot be one
     */
    ApiCall url(String id);

    /**
     * Reads the answer to {@link #url(String)}.
     *
     * @param answer the document
     * @return an absolute http or https URL
     * @throws IllegalArgumentException if it names none
     */
    URI url(Payload answer);

    /**
     * Asks to delete an image.
     *
     * @param id as the list names it
     * @return the call
     * @throws dev.darkroom.image.RejectedException if the id cannot be one
     */
    ApiCall delete(String id);

    /**
     * Reads the answer to {@link #delete(String)}.
     *
     * @param answer the document
     * @throws IllegalArgumentException if it does not say that the image is deleted
     */
    void deleted(Payload answer);
}
