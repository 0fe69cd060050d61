package dev.darkroom.internal.wire;

/** The framing that is none: the body is the text of one payload. */
final class Document implements Framing {

    private final Fragments body;

    Document(Fragments body) {
        this.body = body;
    }

    @Override
    public void read(byte[] bytes, int from, int to) {
        body.document(bytes, from, to);
    }

    @Override
    public Framing settled() {
        return this;
    }

    @Override
    public void end() {
        body.completeDocument();
    }
}
