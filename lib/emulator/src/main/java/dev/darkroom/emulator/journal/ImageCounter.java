package dev.darkroom.emulator.journal;

/** Counts the images of one request. Written by the gateway which makes them, from any thread. */
public final class ImageCounter {

    private final BillingRule billingRule;
    private int accepted;
    private int made;
    private int failed;
    private int billed;
    private boolean closed;
    private Background background = Background.NONE;

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

    /** From now on the work goes on without the connection: what is charged for is known when it ends. */
    public synchronized void goOn() {
        background = Background.RUNNING;
    }

    /**
     * The work which went on without the connection has ended; the first end stays. Drawing stops, and the images finished by
     * then are charged for.
     *
     * @param how it ended
     */
    public synchronized void end(Background how) {
        background = background == Background.RUNNING ? how : background;
    }

    /**
     * How far the work is which goes on without the connection.
     *
     * @return {@link Background#NONE} if there is none
     */
    public synchronized Background background() {
        return background;
    }

    /**
     * The outcome is known.
     *
     * @param delivered whether the answer was, to its last byte
     */
    public synchronized void close(boolean delivered) {
        closed = true;
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
        int due = switch (background) {
            case NONE -> billed;
            case RUNNING -> 0;
            case FINISHED, FAILED, CANCELLED -> closed ? made : 0;
        };
        return new ImageCounts(accepted, made, due);
    }
}
