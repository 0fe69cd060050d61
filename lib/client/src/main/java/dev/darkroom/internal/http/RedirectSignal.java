package dev.darkroom.internal.http;

/** A download's answer names another place. A signal between the hops of one download, never seen outside. */
final class RedirectSignal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String location;

    RedirectSignal(String location) {
        super(null, null, false, false);
        this.location = location;
    }

    String location() {
        return location;
    }
}
