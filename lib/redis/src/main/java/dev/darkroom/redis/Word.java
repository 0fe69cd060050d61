package dev.darkroom.redis;

/**
 * What the script says of a quota, to who asked it or to all: everything that is needed to know when a place's turn comes. Two
 * curves, in units let go since the beginning, grow from the moment the word was said: the bucket, at the speed, and the pace, faster
 * by {@link #CATCH_UP}; both stand still while the gate is shut.
 *
 * @param place the place of who asked; {@link #NO_PLACE}, or {@link #PROBE}
 * @param born which life of the quota this is: changes when Redis has lost everything
 * @param seq orders what was said within one life
 * @param epoch grows by one when the gate closes; of another life is always another
 * @param shut whether one probe has to be accepted first
 * @param closedFor seconds until somebody may be sent; 0 if that is now
 * @param probedFor seconds for which somebody has the probe; 0 if nobody has
 * @param known whether a rate was learned; if not, the pace is no limit
 * @param speed units a second
 * @param bucket units let go as far as the bucket goes
 * @param pace units let go as far as the pace goes
 * @param burst units that the bucket can save
 * @param instances that share the quota
 * @param noise whether refusals are taken for chance: who is refused waits alone
 */
record Word(
        double place,
        long born,
        long seq,
        long epoch,
        boolean shut,
        double closedFor,
        double probedFor,
        boolean known,
        double speed,
        double bucket,
        double pace,
        double burst,
        int instances,
        boolean noise) {

    /** The answer gives no place. */
    static final double NO_PLACE = -2;

    /** Whoever asked goes first, to see. */
    static final double PROBE = -1;

    static final double CATCH_UP = 1.44;

    private static final double MILLIS = 1e3;

    /** Reads a line of the script. */
    static Word of(String line) {
        var part = line.split(" ", -1);
        return new Word(
                part[0].equals("-") ? NO_PLACE : Double.parseDouble(part[0]),
                whole(part[1]),
                whole(part[2]),
                whole(part[3]),
                part[4].equals("1"),
                Double.parseDouble(part[5]) / MILLIS,
                Double.parseDouble(part[6]) / MILLIS,
                part[7].equals("1"),
                Double.parseDouble(part[8]) * MILLIS,
                Double.parseDouble(part[9]),
                Double.parseDouble(part[10]),
                Double.parseDouble(part[11]),
                Integer.parseInt(part[12]),
                part[13].equals("1"));
    }

    private static long whole(String number) {
        return (long) Double.parseDouble(number);
    }

    /** Seconds from when this was said until a place's turn comes, if nothing else is said. */
    double turn(double ofPlace, int cost) {
        var byBucket = (ofPlace + Math.min(cost, burst) - bucket) / speed;
        var byPace = known ? (ofPlace - pace) / speed / CATCH_UP : 0;
        return Math.max(0, Math.max(byBucket, byPace));
    }

    /** How many units stand before a place; 0 or less for the first. */
    double before(double ofPlace) {
        return ofPlace - bucket;
    }
}
