package dev.darkroom.emulator.journal;

/**
 * What a request came to in images, and so in money.
 *
 * @param accepted how many the service took on; 0 for a request which it refused, or which makes none
 * @param made how many of them were finished so far
 * @param billed how many are charged for, by the rule of the service ({@link BillingRule}); 0 until the outcome is known
 */
public record ImageCounts(int accepted, int made, int billed) {

    /** No image at all. */
    public static final ImageCounts NONE = new ImageCounts(0, 0, 0);
}
