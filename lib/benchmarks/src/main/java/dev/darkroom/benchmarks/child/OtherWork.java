package dev.darkroom.benchmarks.child;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Random;

/** What an application does besides: one thread that counts words, sorts them and puts them together, and makes garbage of it. */
final class OtherWork implements Runnable {

    private static final int WORDS = 2000;
    private static final int VOCABULARY = 500;

    private final Random random = new Random(17);

    private OtherWork() {}

    static void begin() {
        var thread = new Thread(new OtherWork(), "other work");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        int last = 0;
        while (last != Integer.MIN_VALUE) { // never; but no compiler knows it
            var counts = new HashMap<String, Integer>();
            for (int i = 0; i < WORDS; i++) {
                counts.merge(Integer.toString(random.nextInt(VOCABULARY), Character.MAX_RADIX), 1, Integer::sum);
            }
            var words = new ArrayList<>(counts.keySet());
            Collections.sort(words);
            last = String.join(" ", words).hashCode() | 1;
        }
    }
}
