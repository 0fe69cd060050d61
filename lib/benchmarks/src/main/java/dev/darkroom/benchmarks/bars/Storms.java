package dev.darkroom.benchmarks.bars;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What goes wrong at an emulator. Of each hundred requests one is cut off, in turn in the middle of its answer and before its head, and one
 * is answered with a 500; which ones, a seed says. And twice, whoever asks and however often, everything is refused for a while with a hint
 * of less than that, counted from the first request on.
 */
final class Storms implements AutoCloseable {

    /** In words, for a table. */
    static final String TEXT = "cut 1 %, 500 1 %, two storms of 429";

    private static final int HUNDREDS = 50;
    private static final int FIRST_SECONDS = 4;
    private static final int SECOND_SECONDS = 18;
    private static final int LONG_SECONDS = 8;
    private static final Fault.Plan REFUSED =
            Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(2)).times(10_000);

    private final RunningEmulator emulator;
    private final List<Fault.Plan> plans;
    private final Scheduler timer = Schedulers.newSingle("storms", true);
    private boolean begun;
    private int left;

    private Storms(RunningEmulator emulator, List<Fault.Plan> plans) {
        this.emulator = emulator;
        this.plans = plans;
    }

    /** Starts an emulator, and lets it go wrong. */
    static Storms at(ImageEmulator setting, long seed) {
        var storms = new Storms(setting.start(), plans(new Random(seed)));
        storms.emulator.enqueue(storms.plans.toArray(Fault.Plan[]::new));
        storms.timer.schedulePeriodically(storms::look, 0, 10, TimeUnit.MILLISECONDS);
        return storms;
    }

    RunningEmulator emulator() {
        return emulator;
    }

    private static List<Fault.Plan> plans(Random dice) {
        var plans = new ArrayList<Fault.Plan>();
        for (var hundred = 0; hundred < HUNDREDS; hundred++) {
            var some = new ArrayList<>(Collections.nCopies(98, Fault.NONE.once()));
            some.add((hundred % 2 == 0 ? Fault.CUT : Fault.EMPTY_REPLY).once());
            some.add(Fault.SERVER_ERROR.once());
            Collections.shuffle(some, dice);
            plans.addAll(some);
        }
        return plans;
    }

    private void look() {
        if (!begun && !emulator.journal().entries().isEmpty()) {
            begun = true;
            for (var seconds : new int[] {FIRST_SECONDS, SECOND_SECONDS}) {
                timer.schedule(this::rise, seconds, TimeUnit.SECONDS);
                timer.schedule(this::calm, seconds + LONG_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void rise() {
        left = emulator.remainingFaults();
        emulator.clearFaults();
        emulator.enqueue(REFUSED);
    }

    private void calm() {
        emulator.clearFaults();
        emulator.enqueue(plans.subList(plans.size() - left, plans.size()).toArray(Fault.Plan[]::new));
    }

    @Override
    public void close() {
        timer.dispose();
        emulator.close();
    }
}
