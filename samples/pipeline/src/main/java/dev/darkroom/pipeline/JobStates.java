package dev.darkroom.pipeline;

import java.util.Arrays;

/**
 * What is known of each prompt, in 13 bytes for one, however many there are: its state, the fingerprint of its line, and where in
 * the journal the last word of it stands. Thread-safe.
 */
final class JobStates {

    private static final JobState[] STATES = JobState.values();

    private byte[] states = new byte[1024];
    private int[] fingerprints = new int[1024];
    private long[] places = new long[1024];
    private final int[] counts = new int[STATES.length];
    private int size;

    synchronized int size() {
        return size;
    }

    synchronized JobState state(int index) {
        return index < size ? STATES[states[index]] : JobState.NEW;
    }

    /** Of the line as it was when it was sent; 0 if it never was. */
    synchronized int fingerprint(int index) {
        return index < size ? fingerprints[index] : 0;
    }

    /** In the journal; negative if it says nothing of it. */
    synchronized long place(int index) {
        return index < size ? places[index] : -1;
    }

    synchronized int count(JobState state) {
        return counts[state.number()];
    }

    /** How much memory it takes. */
    synchronized int bytes() {
        return states.length + Integer.BYTES * fingerprints.length + Long.BYTES * places.length;
    }

    /** There are so many, as far as is known. */
    synchronized void reach(int least) {
        if (least > states.length) {
            var capacity = Math.max(least, states.length + (states.length >> 1));
            states = Arrays.copyOf(states, capacity);
            fingerprints = Arrays.copyOf(fingerprints, capacity);
            places = Arrays.copyOf(places, capacity);
        }
        if (least > size) {
            Arrays.fill(places, size, least, -1);
            counts[JobState.NEW.number()] += least - size;
            size = least;
        }
    }

    synchronized void set(int index, JobState state, int fingerprint, long place) {
        reach(index + 1);
        counts[states[index]]--;
        counts[state.number()]++;
        states[index] = (byte) state.number();
        fingerprints[index] = fingerprint;
        places[index] = place;
    }
}
