package dev.darkroom.image;

/** What becomes of a request of which the gateway's catalogue says that the model does not take it. */
public enum CatalogueCheck {
    /** The catalogue is not asked; the gateway will say what it thinks. */
    OFF,
    /** It is sent, and {@link ImageResult#warnings()} tells what the catalogue says. */
    WARN,
    /** It is refused before anything is sent, with a {@link RejectedException}. */
    REFUSE
}
