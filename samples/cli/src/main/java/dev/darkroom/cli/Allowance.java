package dev.darkroom.cli;

import java.time.Duration;

/**
 * So many requests in so much time, as {@code --quota} says it.
 *
 * @param requests how many
 * @param period in how long
 */
record Allowance(int requests, Duration period) {

    /** {@code 5/1m}: five a minute. */
    static Allowance parse(String word) {
        var slash = word.indexOf('/');
        try {
            var requests = Integer.parseInt(slash < 0 ? word : word.substring(0, slash));
            if (slash > 0 && requests > 0) {
                return new Allowance(requests, Conversions.duration(word.substring(slash + 1)));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + word + "' is no quota; try 5/1m for five requests a minute");
    }
}
