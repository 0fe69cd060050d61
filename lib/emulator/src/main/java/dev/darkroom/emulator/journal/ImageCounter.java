package dev.darkroom.emulator.journal;

/** Counts the images of one request. Written by the gateway which makes them, from any thread. */
public final class ImageCounter {

    private final BillingRule billingRule;
    private int accepted;
    private int made;
    private int failed;
    private int billed;

    /**
     * Nothing counted yet.
     *
     * @param billingRule what is charged for an answer which was not delivered
     */
    public ImageCounter(BillingRule billingRule) {
        this.billingRule = billingRule;
    }

    /**
     * The service took on images.
     *
     * @param images how many
     */
    public synchronized void accept(int images) {
        accepted += images;
    }

    /** One image was finished. */
    public synchronized void made() {
        made++;
    }

    /** One image is not coming. */
    public synchronized void failed() {
        failed++;
    }

    /**
     * The outcome is known.
     *
     * @param delivered whether the answer was, to its last byte
     */
    public synchronized void close(boolean delivered) {
        billed = switch (billingRule) {
            case DELIVERED -> delivered && made == accepted ? made : 0;
            case MADE -> made;
            case ACCEPTED -> delivered ? made : Math.max(made, accepted - failed);
        };
    }

    /**
     * The count so far.
     *
     * @return a value
     */
    public synchronized ImageCounts counts() {
        return new ImageCounts(accepted, made, billed);
    }
}
