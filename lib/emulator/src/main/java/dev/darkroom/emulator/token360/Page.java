package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Refusal;
import dev.darkroom.emulator.server.Call;
import java.util.List;

/**
 * A part of the list of stored images.
 *
 * @param images those on it
 * @param more whether there are more beyond it
 */
record Page(List<Stored> images, boolean more) {

    private static final int USUAL = 20;
    private static final int MOST = 100;

    /** Whether the newest shall come first, as is usual. */
    static boolean newestFirst(Call call) {
        var order = call.query().getOrDefault("order", "desc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw new Refusal(new Complaints().notOneOf("order", order, List.of("asc", "desc")));
        }
        return order.equals("desc");
    }

    /** What a call asks for, of all images in its order: those after an id, or the last ones before an id. */
    static Page of(Call call, List<Stored> all) {
        int limit = limit(call.query().getOrDefault("limit", Integer.toString(USUAL)));
        int from = call.query().containsKey("after") ? position(call, "after", all) + 1 : 0;
        int to = call.query().containsKey("before") ? position(call, "before", all) : all.size();
        boolean backwards = call.query().containsKey("before") && !call.query().containsKey("after");
        var range = all.subList(from, Math.max(from, to));
        boolean more = range.size() > limit;
        if (!more) {
            return new Page(range, false);
        }
        return new Page(backwards ? range.subList(range.size() - limit, range.size()) : range.subList(0, limit), true);
    }

    private static int limit(String text) {
        int limit = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw new Refusal(new Complaints().outOfRange("limit", 1, MOST, limit));
        }
        return limit;
    }

    private static int position(Call call, String name, List<Stored> all) {
        var id = call.query().getOrDefault(name, "");
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new Refusal(new Complaints().invalid(name, "no such image"));
    }
}
