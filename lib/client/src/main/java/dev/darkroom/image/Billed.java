package dev.darkroom.image;

/** Whether a failed request costs money, as far as can be known. */
public enum Billed {
    /** The gateway bills it. */
    YES,
    /** The gateway does not bill it, or never accepted it. */
    NO,
    /** Nobody told. */
    UNKNOWN
}
