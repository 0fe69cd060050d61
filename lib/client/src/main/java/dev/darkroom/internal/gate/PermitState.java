package dev.darkroom.internal.gate;

/**
 * What was said of one attempt, so that each thing counts once: accepted or not, holding or not, then over. Guarded by the
 * queue's lock.
 */
final class PermitState {

    final SentCall call;
    private boolean accepted;
    private boolean holding;
    private boolean over;

    PermitState(SentCall call) {
        this.call = call;
    }

    /** True the first time, if nothing was said before. */
    boolean accept() {
        var first = !accepted && !over;
        accepted = true;
        return first;
    }

    /** True the first time, if it is not over. */
    boolean hold() {
        var first = !holding && !over;
        holding = first || holding;
        return first;
    }

    /** True if it held until now. */
    boolean release() {
        var held = holding;
        holding = false;
        return held;
    }

    /** True the first time. */
    boolean end() {
        var first = !over;
        over = true;
        return first;
    }
}
