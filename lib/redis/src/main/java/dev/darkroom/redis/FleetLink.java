package dev.darkroom.redis;

import dev.darkroom.gate.Quota;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The way to what the fleet shares. Never blocks. A {@link FleetLaw} calls it under its queue's lock; answers and words come on
 * any thread.
 */
interface FleetLink {

    /**
     * Asks the script.
     *
     * @return what it answers; fails, at once or after the time-out, if it cannot be reached
     */
    CompletionStage<String> ask(Quota quota, String... arguments);

    /** Hears from now on what is said to all of a quota, as far as it arrives. */
    void listen(Quota quota, Consumer<String> words);

    /** Hears no more of a quota. */
    void forget(Quota quota);

    /** Whether what is said to all arrives here, as far as one can know. */
    boolean listens();
}
