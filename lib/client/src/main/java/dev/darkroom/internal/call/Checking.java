package dev.darkroom.internal.call;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.CatalogueCheck;

/**
 * How a request is held against what is known of the gateway before it is sent.
 *
 * @param dropUnsupported whether options the gateway does not take are left out rather than refused
 * @param check what becomes of a request that the catalogue speaks against
 * @param lists what the catalogue said before
 */
public record Checking(boolean dropUnsupported, CatalogueCheck check, PriceLists lists) {

    /** What is not taken is refused, and the catalogue is not asked. */
    public Checking() {
        this(false, CatalogueCheck.OFF, new PriceLists());
    }

    /**
     * Whether what is not taken is left out.
     *
     * @param other true to leave out what the gateway does not take
     * @return a copy
     */
    public Checking with(boolean other) {
        return new Checking(other, check, lists);
    }

    /**
     * Another check.
     *
     * @param other instead of the check
     * @param dialect whose catalogue is asked
     * @return a copy
     * @throws IllegalStateException if it has none, unless the check is off
     */
    public Checking with(CatalogueCheck other, Dialect dialect) {
        if (other != CatalogueCheck.OFF && dialect.catalogue().isEmpty()) {
            throw new IllegalStateException(dialect.name()
                    + " has no catalogue of models, so no request can be checked against one: leave checked(..) off");
        }
        return new Checking(dropUnsupported, other, lists);
    }
}
