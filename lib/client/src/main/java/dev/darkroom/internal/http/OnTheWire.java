package dev.darkroom.internal.http;

/**
 * Whether a byte of a request can have left, which decides what it means that it failed. Once somebody has given it up, the
 * answer is final: what is not on the wire by then must not get there.
 *
 * <p>The event loop begins, whoever ends the exchange gives up; both take the lock of the {@link ExchangeTimer}, so that a
 * limit which runs out at that moment says the same. Over HTTP/2 a server can say afterwards that it never accepted a request.
 */
final class OnTheWire {

    private final ExchangeTimer timer;
    private boolean begun;
    private boolean givenUp;

    OnTheWire(ExchangeTimer timer) {
        this.timer = timer;
    }

    ExchangeTimer timer() {
        return timer;
    }

    /**
     * The request is about to be written: from here on it may have been received.
     *
     * @return false if it was given up before, or it is too late; then it must not be written
     */
    boolean begin(long now) {
        synchronized (timer) {
            givenUp |= timer.isTooLateToSend(now);
            if (!givenUp) {
                begun = true;
                timer.enter(ExchangeTimer.Phase.SENDING, now);
            }
            return !givenUp;
        }
    }

    /** The server says that it never accepted the request, so that it is as if it had not been written. */
    void takeBack(long now) {
        synchronized (timer) {
            begun = false;
            timer.enter(ExchangeTimer.Phase.CONNECTING, now);
        }
    }

    /** Nobody wants the answer any more. Says whether the request can have been received, now or ever. */
    boolean giveUp() {
        synchronized (timer) {
            givenUp = true;
            return begun;
        }
    }

    boolean isSent() {
        synchronized (timer) {
            return begun;
        }
    }
}
