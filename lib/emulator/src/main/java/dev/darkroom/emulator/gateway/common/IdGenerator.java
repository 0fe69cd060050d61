package dev.darkroom.emulator.gateway.common;

import java.util.SplittableRandom;

/** Makes up ids; equal seeds make equal ids in equal order. Called from any thread. */
public final class IdGenerator {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";

    private final SplittableRandom random;

    /**
     * A new row of ids.
     *
     * @param seed any number
     */
    public IdGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Letters and digits.
     *
     * @param length how many
     * @return the next id
     */
    public String letters(int length) {
        return of(LETTERS, length);
    }

    /**
     * Hexadecimal digits.
     *
     * @param length how many
     * @return the next id
     */
    public String hex(int length) {
        return of(HEX, length);
    }

    private synchronized String of(String alphabet, int length) {
        var id = new StringBuilder(length);
        random.ints(length, 0, alphabet.length()).mapToObj(alphabet::charAt).forEach(id::append);
        return id.toString();
    }
}
