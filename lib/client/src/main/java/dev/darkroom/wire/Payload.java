package dev.darkroom.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.POJONode;

/**
 * One JSON text off the wire, its images already lifted out as bytes: the data of an event, or a whole document.
 *
 * <p>Lifting goes by content: every long string that reads as base64, or as a {@code data:} URL with base64 in it, is
 * bytes by now, whatever the name of its member. In the tree stands a node of which only {@link #text} and {@link #blob}
 * know; ask them, never the node. Immutable apart from the tree, which is the reader's to keep.
 */
public final class Payload {

    /** What an image of which the text was short keeps on the heap, its objects included. */
    private static final int ADMISSION = 1024;

    /** Characters kept of data that is no JSON. */
    private static final int MOST_WORDS = 2000;

    private final boolean inStream;
    private final @Nullable String event;
    private final JsonNode json;
    private final Decoding decoding;
    private final boolean followed;
    private final @Nullable Unreadable unreadable;
    private long weight;

    /** Data that is no JSON. */
    record Unreadable(
            String text, WireException failure, @Nullable Payload remains) {}

    /** @param weight what was taken from the budget for it */
    Payload(
            boolean inStream,
            @Nullable String event,
            JsonNode json,
            Decoding decoding,
            long weight,
            boolean followed,
            @Nullable Unreadable unreadable) {
        this.inStream = inStream;
        this.event = event;
        this.json = json;
        this.decoding = decoding;
        this.weight = weight;
        this.followed = followed;
        this.unreadable = unreadable;
    }

    static Payload done(@Nullable String event, Decoding decoding, long weight) {
        return new Payload(true, event, MissingNode.getInstance(), decoding, weight, false, null);
    }

    static Payload unreadable(@Nullable String event, Unreadable data, Decoding decoding, long weight) {
        var words = data.text().substring(0, Math.min(data.text().length(), MOST_WORDS));
        var kept = new Unreadable(words, data.failure(), data.remains());
        return new Payload(true, event, MissingNode.getInstance(), decoding, weight, false, kept);
    }

    /**
     * Whether this is an event of a stream.
     *
     * @return false if it is a document, and so the whole answer
     */
    public boolean inStream() {
        return inStream;
    }

    /**
     * The type of the event whose data this was.
     *
     * @return the type as sent; null if none was sent, or if this is a document
     */
    public @Nullable String event() {
        return event;
    }

    /**
     * Whether the data was exactly {@code [DONE]}, with which some gateways end a stream.
     *
     * @return true if so; then {@link #json()} is missing
     */
    public boolean isDone() {
        return json.isMissingNode() && unreadable == null;
    }

    /**
     * Why the data of this event cannot be read: it is no JSON. Whether that matters depends on what the event is, so it is
     * for the reader to say; a heartbeat may hold anything.
     *
     * @return what to throw if it matters; null if this can be read
     */
    public @Nullable RuntimeException unreadable() {
        return unreadable == null ? null : unreadable.failure();
    }

    /**
     * The data of an event, where it is no JSON: a plain sentence, perhaps.
     *
     * @return its first 2,000 characters; null if it is JSON, or {@code [DONE]}
     */
    public @Nullable String plainText() {
        return unreadable == null ? null : unreadable.text();
    }

    /**
     * What is whole of data that cannot be read: an object or array without what is behind the place where it breaks.
     *
     * @return it; null if there is nothing of the kind, or if this can be read
     */
    public @Nullable Payload remains() {
        return unreadable == null ? null : unreadable.remains();
    }

    /**
     * Whether something that was passed over stood behind this, where it should have been alone.
     *
     * @return true if so
     */
    public boolean isFollowed() {
        return followed;
    }

    /**
     * The text as a tree. Of members with the same name the last one stands in it.
     *
     * @return the root; a {@link MissingNode} if this {@link #isDone()} or {@link #unreadable()}
     */
    public JsonNode json() {
        return json;
    }

    /**
     * The text of a string, lifted or not.
     *
     * @param node a node of this payload's tree
     * @return the string exactly as it was sent; null if the node is no string, or if it is longer than text may be
     */
    public @Nullable String text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        var lifted = lifted(node);
        return lifted == null ? null : lifted.text(decoding.limits().textBytes());
    }

    /**
     * The bytes which a string stands for. Long strings were decoded as they passed; short ones are decoded now.
     *
     * @param node a node of this payload's tree
     * @return the bytes, none for an empty string; null if the node is no string, or if it is neither base64, as WHATWG's
     *     forgiving rule has it, nor a {@code data:} URL with base64
     */
    public @Nullable Blob blob(JsonNode node) {
        if (node.isString()) {
            return decoding.decode(node.stringValue());
        }
        var lifted = lifted(node);
        return lifted == null ? null : lifted.blob();
    }

    /**
     * Asks whether one more image may be made of this payload, before it is: a small text may name very many.
     *
     * @param images how many the request has then, failed ones included
     * @throws WireException.LimitExceeded if those are too many, or their objects are too much for the heap
     */
    public void admit(int images) {
        if (images > decoding.limits().images()) {
            throw WireException.LimitExceeded.images(decoding.limits().images());
        }
        decoding.budget().take(ADMISSION);
        weight += ADMISSION;
    }

    /** Gives back what was taken for it, once it was read: whoever keeps something of it pays for that. */
    public void letGo() {
        decoding.budget().giveBack(weight);
        weight = 0;
    }

    private static @Nullable LiftedString lifted(JsonNode node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof LiftedString lifted ? lifted : null;
    }

    @Override
    public String toString() {
        return "Payload[" + (isDone() ? "done" : unreadable != null ? "unreadable" : json.getNodeType()) + "]";
    }
}
