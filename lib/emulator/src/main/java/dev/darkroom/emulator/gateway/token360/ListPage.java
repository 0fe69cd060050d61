package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.server.Call;
import java.util.List;

/**
 * A part of the list of stored images.
 *
 * @param images those on it
 * @param more whether there are more beyond it
 */
record ListPage(List<StoredImage> images, boolean more) {

    private static final int DEFAULT = 20;
    private static final int MOST = 100;

    /** Whether the newest shall come first, as is usual. */
    static boolean newestFirst(Call call) {
        var request = call.query().getOrDefault("order", "desc");
        if (!request.equals("asc") && !request.equals("desc")) {
            throw new ErrorReplyException(new FieldErrors().notOneOf("order", request, List.of("asc", "desc")));
        }
        return request.equals("desc");
    }

    /** What a call asks for, of all images in its order: those after an id, or the last ones before an id. */
    static ListPage of(Call call, List<StoredImage> all) {
        int limit = limit(call.query().getOrDefault("limit", Integer.toString(DEFAULT)));
        int from = call.query().containsKey("after") ? position(call, "after", all) + 1 : 0;
        int to = call.query().containsKey("before") ? position(call, "before", all) : all.size();
        boolean backwards = call.query().containsKey("before") && !call.query().containsKey("after");
        var range = all.subList(from, Math.max(from, to));
        boolean more = range.size() > limit;
        if (!more) {
            return new ListPage(range, false);
        }
        return new ListPage(
                backwards ? range.subList(range.size() - limit, range.size()) : range.subList(0, limit), true);
    }

    private static int limit(String text) {
        int limit = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw new ErrorReplyException(new FieldErrors().outOfRange("limit", 1, MOST, limit));
        }
        return limit;
    }

    private static int position(Call call, String name, List<StoredImage> all) {
        var id = call.query().getOrDefault(name, "");
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new ErrorReplyException(new FieldErrors().invalid(name, "no such image"));
    }
}
