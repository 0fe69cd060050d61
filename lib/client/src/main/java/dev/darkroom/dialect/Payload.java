package dev.darkroom.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON text off the wire, its images already lifted out as bytes: the data of an event, or a whole document.
 *
 * <p>Lifting goes by content: every long string that reads as base64, or as a {@code data:} URL with base64 in it, is
 * bytes by now, whatever the name of its member. In the tree stands a node of which only {@link #text} and {@link #blob}
 * know; ask them, never the node. Immutable apart from the tree, which is the reader's to keep.
 */
public interface Payload {

    /**
     * Whether this is an event of a stream.
     *
     * @return false if it is a document, and so the whole answer
     */
    boolean inStream();

    /**
     * The type of the event whose data this was.
     *
     * @return the type as sent; null if none was sent, or if this is a document
     */
    @Nullable
    String event();

    /**
     * Whether the data was exactly {@code [DONE]}, with which some gateways end a stream.
     *
     * @return true if so; then {@link #json()} is missing
     */
    boolean isDone();

    /**
     * Why the data of this event cannot be read: it is no JSON. Whether that matters depends on what the event is, so it is
     * for the reader to say; a heartbeat may hold anything.
     *
     * @return what to throw if it matters; null if this can be read
     */
    @Nullable
    RuntimeException unreadable();

    /**
     * The data of an event, where it is no JSON: a plain sentence, perhaps.
     *
     * @return its first 2,000 characters; null if it is JSON, or {@code [DONE]}
     */
    @Nullable
    String plainText();

    /**
     * What is whole of data that cannot be read: an object or array without what is behind the place where it breaks.
     *
     * @return it; null if there is nothing of the kind, or if this can be read
     */
    @Nullable
    Payload remains();

    /**
     * Whether something that was passed over stood behind this, where it should have been alone.
     *
     * @return true if so
     */
    boolean isFollowed();

    /**
     * The text as a tree. Of members with the same name the last one stands in it.
     *
     * @return the root; a missing node if this {@link #isDone()} or {@link #unreadable()}
     */
    JsonNode json();

    /**
     * The text of a string, lifted or not.
     *
     * @param node a node of this payload's tree
     * @return the string exactly as it was sent; null if the node is no string, or if it is longer than text may be
     */
    @Nullable
    String text(JsonNode node);

    /**
     * The bytes which a string stands for. Long strings were decoded as they passed; short ones are decoded now.
     *
     * @param node a node of this payload's tree
     * @return the bytes, none for an empty string; null if the node is no string, or if it is neither base64, as WHATWG's
     *     forgiving rule has it, nor a {@code data:} URL with base64
     */
    @Nullable
    Blob blob(JsonNode node);

    /**
     * Begins to read a text that has pictures in it, and may go on in the payloads behind this one.
     *
     * @return a reader for one such text of this answer, within the answer's limits
     */
    PicturedText picturedText();

    /**
     * Reads the next piece of such a text.
     *
     * @param node a string of this payload's tree; anything else says nothing
     * @param text what the node's string goes on with, begun by a payload of the same answer
     * @return what is certain by now, in order: the beginning of a picture is held back, and what may be one
     */
    List<PicturedText.Piece> pieces(JsonNode node, PicturedText text);

    /**
     * Asks whether one more image may be made of this payload, before it is: a small text may name very many.
     *
     * @param images how many the request has then, failed ones included
     * @throws RuntimeException if those are too many, or their objects are too much for the heap; let it pass, it names the
     *     limit
     */
    void admit(int images);
}
