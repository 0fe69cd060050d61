package dev.darkroom.internal.wire;

import dev.darkroom.dialect.Blob;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.PicturedText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.POJONode;

/** A {@link Payload} as this room reads it: it has what was lifted out of its text, and weighs on the heap's budget. */
public final class LiftedPayload implements Payload {

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
            String text, WireException failure, @Nullable LiftedPayload remains) {}

    /** @param weight what was taken from the budget for it */
    LiftedPayload(
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

    static LiftedPayload done(@Nullable String event, Decoding decoding, long weight) {
        return new LiftedPayload(true, event, MissingNode.getInstance(), decoding, weight, false, null);
    }

    static LiftedPayload unreadable(@Nullable String event, Unreadable data, Decoding decoding, long weight) {
        var words = data.text().substring(0, Math.min(data.text().length(), MOST_WORDS));
        var kept = new Unreadable(words, data.failure(), data.remains());
        return new LiftedPayload(true, event, MissingNode.getInstance(), decoding, weight, false, kept);
    }

    @Override
    public boolean inStream() {
        return inStream;
    }

    @Override
    public @Nullable String event() {
        return event;
    }

    @Override
    public boolean isDone() {
        return json.isMissingNode() && unreadable == null;
    }

    @Override
    public @Nullable RuntimeException unreadable() {
        return unreadable == null ? null : unreadable.failure();
    }

    @Override
    public @Nullable String plainText() {
        return unreadable == null ? null : unreadable.text();
    }

    @Override
    public @Nullable Payload remains() {
        return unreadable == null ? null : unreadable.remains();
    }

    @Override
    public boolean isFollowed() {
        return followed;
    }

    @Override
    public JsonNode json() {
        return json;
    }

    @Override
    public @Nullable String text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        var lifted = lifted(node);
        return lifted == null ? null : lifted.text(decoding.limits().textBytes());
    }

    @Override
    public @Nullable Blob blob(JsonNode node) {
        if (node.isString()) {
            return decoding.decode(node.stringValue());
        }
        var lifted = lifted(node);
        return lifted == null ? null : lifted.blob(decoding::again);
    }

    @Override
    public PicturedText picturedText() {
        return new PicturesInText(decoding);
    }

    @Override
    public List<PicturedText.Piece> pieces(JsonNode node, PicturedText text) {
        return ((PicturesInText) text).read(pieces(node), this::add);
    }

    /** A string in order: {@link String} for what was not lifted, {@link Base64Text} for what was. Nothing for anything else. */
    private List<Object> pieces(JsonNode node) {
        var lifted = lifted(node);
        return lifted != null ? lifted.pieces() : node.isString() ? List.of(node.stringValue()) : List.of();
    }

    /** Something of it was decoded after it was read, and is let go with it. */
    private void add(long more) {
        weight += more;
    }

    @Override
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

    private static @Nullable LongString lifted(JsonNode node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof LongString lifted ? lifted : null;
    }

    @Override
    public String toString() {
        return "Payload[" + (isDone() ? "done" : unreadable != null ? "unreadable" : json.getNodeType()) + "]";
    }
}
