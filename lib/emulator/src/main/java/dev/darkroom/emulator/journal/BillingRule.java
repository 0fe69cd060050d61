package dev.darkroom.emulator.journal;

/**
 * What a service charges for when its client goes away, or the connection breaks, before the answer is complete.
 *
 * <p>An answer which is complete charges for the images made, whatever the rule; except that an answer without all
 * images charges for none under {@link #DELIVERED}.
 */
public enum BillingRule {
    /** Nothing: all images delivered, or no money. */
    DELIVERED,
    /** The images finished by then; drawing stops. */
    MADE,
    /** Every image accepted, less those which failed before: the service finishes them for nobody. */
    ACCEPTED
}
