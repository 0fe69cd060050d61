package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.LazyPicture;
import dev.darkroom.emulator.gateway.common.ObjectStorage;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.Timing;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The stored images: listed, fetched and deleted by the key which asked for them.
 *
 * @param store where they are kept
 * @param pictures where their URLs lead to
 * @param timing the clock
 */
record StoredImageRoutes(ImageStore store, PictureStore pictures, Timing timing) {

    static final Duration LIFETIME = Duration.ofHours(1);
    static final String ROUTE = "/images";
    private static final Pattern ONE = Pattern.compile("/images/([^/]+)");
    static final Pattern CONTENT = Pattern.compile("/images/([^/]+)/content");

    Reply answer(ApiKey apiKey, Call call) {
        var one = ONE.matcher(call.route());
        var content = CONTENT.matcher(call.route());
        if (call.method().equals("GET") && call.route().equals(ROUTE)) {
            return list(apiKey, call);
        }
        if (call.method().equals("GET") && content.matches()) {
            return store.find(apiKey.value(), content.group(1), now())
                    .map(image -> content(image, call))
                    .orElseGet(() -> Errors.notFound("Image"));
        }
        if (call.method().equals("DELETE") && one.matches()) {
            return delete(apiKey, one.group(1));
        }
        return Errors.notFound("Resource");
    }

    private Reply list(ApiKey apiKey, Call call) {
        var page = ListPage.of(call, store.of(apiKey.value(), now(), ListPage.newestFirst(call)));
        var images = page.images();
        var json = Json.object().put("object", "list");
        var data = json.putArray("data");
        images.forEach(image -> data.add(image.json(image.picture() == null ? null : url(call, image.picture()))));
        json.put("has_more", page.more())
                .put("first_id", images.isEmpty() ? null : images.get(0).id())
                .put(
                        "last_id",
                        images.isEmpty() ? null : images.get(images.size() - 1).id());
        return Json.reply(200, json);
    }

    private Reply content(StoredImage image, Call call) {
        var picture = image.picture();
        if (picture == null) {
            return Errors.notReady(image.status());
        }
        return switch (call.query().getOrDefault("format", "redirect")) {
            case "redirect" -> ObjectStorage.moved(url(call, picture));
            case "url" ->
                Json.reply(
                        200,
                        Json.object()
                                .put("url", url(call, picture))
                                .put("image_id", image.id())
                                .put("expires_in", LIFETIME.toSeconds()));
            case "binary" ->
                ObjectStorage.picture(picture)
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"" + image.id() + "." + picture.extension() + "\"");
            default -> Errors.invalid("Invalid parameter format: must be one of redirect, url, binary", "format");
        };
    }

    private Reply delete(ApiKey apiKey, String id) {
        if (!store.remove(apiKey.value(), id, now())) {
            return Errors.notFound("Image");
        }
        return Json.reply(
                200, Json.object().put("id", id).put("object", "image").put("deleted", true));
    }

    private String url(Call call, LazyPicture picture) {
        return pictures.url(call, picture, LIFETIME);
    }

    private long now() {
        return timing.now().toEpochMilli();
    }
}
