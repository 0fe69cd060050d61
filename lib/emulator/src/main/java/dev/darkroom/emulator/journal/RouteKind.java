package dev.darkroom.emulator.journal;

/** What a request is for, which decides the queue its fault comes from. */
public enum RouteKind {
    /** Anything else: only a header brings about a fault. */
    OTHER,
    /** It makes images. */
    GENERATION,
    /** It fetches an image that was made. */
    DOWNLOAD,
    /** It asks what became of a generation by its id, or reads on in its stream. */
    LOOKUP,
    /** It ends a generation which is under way, or forgets one, by its id. */
    CANCELLATION
}
