package dev.darkroom.internal.gate;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * The gate of one quota: who waits, oldest first, and the admission law. Called from any thread; one lock guards it all
 * and is never held while foreign code runs.
 *
 * <p>The hard case is handing turns on. Whoever changes something only asks for a round of the {@link #pump}, which runs
 * on the scheduler, one at a time: so a hundred thousand turns that settle at once follow each other in a loop and not in a
 * recursion, stay in order, and nobody runs on a thread of somebody else's call. Only who finds the gate open and the
 * line empty takes its turn on its own thread.
 */
final class QuotaQueue implements QueueAccess {

    /** No quota lasts longer: a hint beyond it is told in full, but does not close the gate for good. Seconds. */
    private static final double LONGEST_CLOSING = 31 * 86_400.0;

    /** Thirty years: an instant that can still be told. Seconds. */
    private static final double FAR = 1e9;

    /** What an outcome means to the law. */
    interface Outcome {
        void tell(Law law, double now, SentCall call);
    }

    private final Quota quota;
    private final Scheduler scheduler;
    private final Ticker ticker;
    private final Law law;
    private final Hold hold = new Hold();
    private final Waiters waiters = new Waiters();
    private final Alarm alarm;
    private boolean pumping;
    private boolean shut;
    private long lastAge;
    private final Consumer<QuotaQueue> released;
    private final Forecast forecast;
    private int tickets;

    /**
     * A line nobody stands in.
     *
     * @param released told when the last ticket was closed, outside the lock
     */
    QuotaQueue(Quota quota, Scheduler scheduler, LawMaker laws, Consumer<QuotaQueue> released) {
        this.quota = quota;
        this.scheduler = scheduler;
        this.ticker = new Ticker(scheduler);
        this.released = released;
        this.alarm = new Alarm(scheduler, this::wake);
        this.law = laws.law(quota, this);
        this.forecast = new Forecast(quota, law, hold, ticker);
    }

    synchronized TicketState enter(int cost) {
        tickets++;
        return new TicketState(lastAge++, cost);
    }

    void join(Waiter newcomer) {
        Throttled told;
        boolean done;
        synchronized (this) {
            if (newcomer.isOver()) {
                return; // cancelled before it stood in line
            }
            var ticket = newcomer.ticket;
            if (ticket.closed || waiters.of(ticket) != null || ticket.permit != null) {
                throw new IllegalStateException("a ticket has one turn at a time, and none when closed");
            }
            var now = ticker.now();
            waiters.add(newcomer, now);
            var latest = newcomer.joins(ticker, now);
            told = lateOrTold(newcomer, now, waiters.unitsUntil(newcomer));
            if (!newcomer.isOver()
                    && !pumping
                    && waiters.head(now) == newcomer
                    && forecast.wait(now, ticket.cost) <= 0) {
                grant(newcomer, now);
            }
            done = newcomer.isOver();
            if (!done && latest < Double.POSITIVE_INFINITY) {
                newcomer.deadline.update(Alarm.after(scheduler, latest - now, () -> expire(newcomer)));
            }
            arrange(now);
        }
        if (told != null) {
            tell(newcomer, told);
        }
        if (done) {
            newcomer.deliver();
        }
    }

    private void tell(Waiter one, Throttled told) {
        synchronized (this) {
            if (one.isOver()) {
                return;
            }
        }
        var fault = one.hears(told);
        if (fault == null) {
            return;
        }
        synchronized (this) {
            if (one.isOver()) {
                return; // it left, or was served, meanwhile
            }
            end(one, null, fault);
            arrange(ticker.now());
        }
        one.deliver();
    }

    /** The subscriber is gone. */
    synchronized void leave(Waiter gone) {
        var given = gone.given();
        if (given != null) {
            end(gone.ticket, given, Law::abandoned);
        } else if (!gone.isOver()) {
            end(gone, null, null);
            arrange(ticker.now());
        }
    }

    void close(TicketState ticket) {
        Waiter left;
        PermitState open;
        boolean last;
        synchronized (this) {
            if (ticket.closed) {
                return;
            }
            ticket.closed = true;
            last = --tickets == 0;
            left = waiters.of(ticket);
            open = ticket.permit;
            if (left != null) {
                end(left, null, null);
            }
            if (open != null) {
                var now = ticker.now();
                if (open.accept()) {
                    law.abandoned(now, open.call);
                }
                release(open);
                open.end();
                law.ended(open.call);
            }
            arrange(ticker.now());
        }
        if (last) {
            released.accept(this);
        }
        if (left != null) {
            left.deliver();
        }
    }

    /** The call stays in flight until its ticket is closed. */
    synchronized void accept(PermitState permit) {
        if (permit.accept()) {
            var now = ticker.now();
            release(permit);
            law.accepted(now, permit.call);
            arrange(now);
        }
    }

    synchronized void hold(PermitState permit, Duration atMost) {
        if (permit.hold()) {
            hold.begin(ticker.now() + Ticker.seconds(atMost));
        }
    }

    private void release(PermitState permit) {
        if (permit.release()) {
            hold.end();
        }
    }

    /** The attempt is over without a refusal, and the ticket may ask for another permit. */
    synchronized void end(TicketState ticket, PermitState permit, Outcome outcome) {
        if (permit.end()) {
            ticket.permit = null;
            release(permit);
            var now = ticker.now();
            outcome.tell(law, now, permit.call);
            arrange(now);
        }
    }

    synchronized void refuse(TicketState ticket, PermitState permit, @Nullable Instant until) {
        if (permit.end()) {
            ticket.permit = null;
            ticket.refusals++;
            release(permit);
            var now = ticker.now();
            var hint = until == null ? Law.NO_HINT : Math.min(FAR, ticker.until(until));
            var alone = law.refused(now, permit.call, Math.min(LONGEST_CLOSING, hint));
            if (alone > 0) {
                ticket.restsUntil = now + (hint > alone ? hint : alone);
            } else {
                forecast.named(now, hint);
                review(now);
            }
            arrange(now);
        }
    }

    /** The gate has closed, or opened at a pace: ends or tells those whom that concerns. */
    private void review(double now) {
        long units = 0;
        for (var one : waiters.all()) {
            var told = lateOrTold(one, now, units + one.ticket.cost);
            if (told != null) {
                scheduler.schedule(() -> tell(one, told));
            } else if (one.isOver()) {
                scheduler.schedule(one::deliver);
            }
            units += one.isOver() ? 0 : one.ticket.cost;
        }
    }

    /**
     * Ends who cannot be served in time; else says what its listener should hear, if anything.
     *
     * @param units which are spent until it is sent, its own included
     */
    private @Nullable Throttled lateOrTold(Waiter one, double now, long units) {
        var delay = forecast.delay(one.ticket.restsUntil, now, units);
        if (delay == null) {
            return null;
        }
        if (delay.isLongerThan(one.longest) || one.isLate(delay.over(now))) {
            end(one, null, delay.failure());
            return null;
        }
        return one.tell(now + delay.seconds())
                ? new Throttled(quota, ticker.in(delay.seconds()), one.ticket.refusals)
                : null;
    }

    private void expire(Waiter late) {
        synchronized (this) {
            if (late.isOver()) {
                return;
            }
            var now = ticker.now();
            end(late, null, forecast.tooLate(late.ticket.restsUntil, now));
            arrange(now);
        }
        late.deliver();
    }

    /** Hands turns on until the law says wait. On the scheduler, one at a time. */
    private void pump() {
        var more = true;
        try {
            while (more) {
                var next = next();
                if (next == null) {
                    more = false;
                } else {
                    next.deliver();
                }
            }
        } finally {
            if (more) {
                stop(); // a subscriber threw: it is the scheduler's to report, and the others' not to wait
            }
        }
    }

    private synchronized @Nullable Waiter next() {
        var now = ticker.now();
        var head = waiters.head(now);
        if (head != null && forecast.wait(now, head.ticket.cost) <= 0) {
            grant(head, now);
            return head;
        }
        stop();
        return null;
    }

    private synchronized void stop() {
        pumping = false;
        arrange(ticker.now());
    }

    private void grant(Waiter next, double now) {
        var permit = new PermitState(law.send(now, next.ticket.cost));
        next.ticket.permit = permit;
        end(next, permit, null);
    }

    private void end(Waiter one, @Nullable PermitState given, @Nullable Throwable late) {
        waiters.remove(one);
        one.end(given, late);
    }

    /** Sees to it that the head of the line is served when the law allows it, or somebody has rested. */
    private void arrange(double now) {
        if (law.shut() != shut) {
            shut = !shut;
            if (!shut) {
                review(now); // the pace is known now
            }
        }
        if (pumping) {
            return;
        }
        var head = waiters.head(now);
        if (head == null) {
            law.nobodyWaits(now);
        }
        var wait = head == null ? Double.POSITIVE_INFINITY : forecast.wait(now, head.ticket.cost);
        if (wait <= 0) {
            pumping = true;
            scheduler.schedule(this::pump);
            return;
        }
        var next = Math.min(wait, waiters.nextRested(now));
        if (next < Double.POSITIVE_INFINITY) {
            alarm.ringIn(now, next);
        }
    }

    private void wake() {
        synchronized (this) {
            alarm.rang();
            var now = ticker.now();
            var head = waiters.head(now);
            if (pumping || head == null || forecast.wait(now, head.ticket.cost) > 0) {
                arrange(now);
                return;
            }
            pumping = true;
        }
        pump();
    }

    @Override
    public synchronized void change(DoubleConsumer change) {
        var now = ticker.now();
        var closed = law.closedUntil();
        change.accept(now);
        if (law.closedUntil() > Math.max(now, closed)) {
            review(now);
        }
        arrange(now);
    }

    @Override
    public Disposable changeIn(double seconds, DoubleConsumer change) {
        return Alarm.after(scheduler, seconds, () -> change(change));
    }

    /** Nobody will enter it again. */
    synchronized void forgotten() {
        law.forgotten();
    }

    Quota quota() {
        return quota;
    }

    /** Whether a ticket is open. */
    synchronized boolean isUsed() {
        return tickets > 0;
    }

    /** Seconds until it opens; 0 or less if it is open. */
    synchronized double closedFor() {
        var now = ticker.now();
        return forecast.closedUntil(now) - now;
    }

    synchronized GateState state() {
        var now = ticker.now();
        var head = waiters.head(now);
        var wait = head == null ? Double.POSITIVE_INFINITY : forecast.wait(now, head.ticket.cost);
        return forecast.state(now, waiters.size(), Math.min(wait, waiters.nextRested(now)));
    }
}
