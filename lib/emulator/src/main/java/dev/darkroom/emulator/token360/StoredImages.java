package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Pace;
import dev.darkroom.emulator.desk.Print;
import dev.darkroom.emulator.desk.Storage;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The stored images: listed, fetched and deleted by the key which asked for them.
 *
 * @param shelf where they stand
 * @param gallery where their URLs lead to
 * @param pace the clock
 */
record StoredImages(Shelf shelf, Gallery gallery, Pace pace) {

    static final Duration LIFETIME = Duration.ofHours(1);
    static final String ROUTE = "/images";
    private static final Pattern ONE = Pattern.compile("/images/([^/]+)");
    static final Pattern CONTENT = Pattern.compile("/images/([^/]+)/content");

    Reply answer(Guest guest, Call call) {
        var one = ONE.matcher(call.route());
        var content = CONTENT.matcher(call.route());
        if (call.method().equals("GET") && call.route().equals(ROUTE)) {
            return list(guest, call);
        }
        if (call.method().equals("GET") && content.matches()) {
            return shelf.find(guest.key(), content.group(1), now())
                    .map(image -> content(image, call))
                    .orElseGet(() -> Errors.notFound("Image"));
        }
        if (call.method().equals("DELETE") && one.matches()) {
            return delete(guest, one.group(1));
        }
        return Errors.notFound("Resource");
    }

    private Reply list(Guest guest, Call call) {
        var page = Page.of(call, shelf.of(guest.key(), now(), Page.newestFirst(call)));
        var images = page.images();
        var json = Json.object().put("object", "list");
        var data = json.putArray("data");
        images.forEach(image -> data.add(image.json(image.print() == null ? null : url(call, image.print()))));
        json.put("has_more", page.more())
                .put("first_id", images.isEmpty() ? null : images.get(0).id())
                .put(
                        "last_id",
                        images.isEmpty() ? null : images.get(images.size() - 1).id());
        return Json.reply(200, json);
    }

    private Reply content(Stored image, Call call) {
        var print = image.print();
        if (print == null) {
            return Errors.notReady(image.status());
        }
        return switch (call.query().getOrDefault("format", "redirect")) {
            case "redirect" -> Storage.moved(url(call, print));
            case "url" ->
                Json.reply(
                        200,
                        Json.object()
                                .put("url", url(call, print))
                                .put("image_id", image.id())
                                .put("expires_in", LIFETIME.toSeconds()));
            case "binary" ->
                Storage.picture(print)
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"" + image.id() + "." + print.extension() + "\"");
            default -> Errors.invalid("Invalid parameter format: must be one of redirect, url, binary", "format");
        };
    }

    private Reply delete(Guest guest, String id) {
        if (!shelf.remove(guest.key(), id, now())) {
            return Errors.notFound("Image");
        }
        return Json.reply(
                200, Json.object().put("id", id).put("object", "image").put("deleted", true));
    }

    private String url(Call call, Print print) {
        return gallery.url(call, print, LIFETIME);
    }

    private long now() {
        return pace.now().toEpochMilli();
    }
}
