package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Storage;
import dev.darkroom.dialect.StoredPage;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.image.StoredStatus;
import dev.darkroom.internal.gateway.common.Fields;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * token360's {@code GET /images}, {@code GET /images/{id}/content} and {@code DELETE /images/{id}}. The content is asked for as
 * {@code format=binary}, which needs no other host; where a redirect comes all the same, it is for the caller to follow.
 *
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/image-generation/list-images">token360, list images</a>
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/image-generation/download-image">token360, download image</a>
 */
final class Token360Storage implements Storage {

    private static final Map<String, String> JSON = Map.of("Accept", "application/json");
    private static final Map<String, String> IMAGE = Map.of("Accept", "image/*, application/json");
    private static final int LARGEST_PAGE = 100;
    /** Nothing that means something in a path; whatever a server decodes or normalizes, it stays one segment. */
    private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._~:=-]{1,256}");

    private final String gateway;

    Token360Storage(String gateway) {
        this.gateway = gateway;
    }

    @Override
    public ApiCall list(StoredImageQuery query) {
        if (query.pageSize() > LARGEST_PAGE) {
            throw refused("a page has at most " + LARGEST_PAGE + " images, not " + query.pageSize());
        }
        var path = "/images?limit=" + query.pageSize() + "&order=" + (query.ascending() ? "asc" : "desc")
                + bound("after", query.after()) + bound("before", query.before());
        return new ApiCall("GET", path, JSON, List.of());
    }

    private static String bound(String name, @Nullable String id) {
        return id == null
                ? ""
                : "&" + name + "="
                        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public StoredPage page(Payload answer) {
        var list = answer.json().path("data");
        if (!list.isArray()) {
            throw new IllegalArgumentException("there is no list named data in it");
        }
        var images = new ArrayList<StoredImage>();
        for (JsonNode item : list) {
            images.add(image(answer, item));
        }
        return new StoredPage(
                images,
                Fields.text(answer.json(), "first_id"),
                Fields.text(answer.json(), "last_id"),
                Fields.flag(answer.json(), "has_more"));
    }

    /** A long prompt may have been lifted, so texts are asked of the payload. */
    private static StoredImage image(Payload answer, JsonNode item) {
        var id = Fields.text(item, "id");
        var status = Fields.text(item, "status");
        if (id == null || id.isBlank() || status == null || status.isBlank()) {
            throw new IllegalArgumentException("a stored image in it has no id or no status");
        }
        var error = item.path("error");
        return new StoredImage(
                id,
                StoredStatus.of(status),
                Objects.requireNonNullElse(Fields.text(item, "model"), ""),
                Objects.requireNonNullElse(answer.text(item.path("prompt")), ""),
                Fields.instant(item, "created_at"),
                Fields.httpUrl(item.path("url")),
                answer.text(error.isObject() ? error.path("message") : error));
    }

    @Override
    public ApiCall content(String id) {
        return new ApiCall("GET", path(id) + "/content?format=binary", IMAGE, List.of());
    }

    @Override
    public ApiCall url(String id) {
        return new ApiCall("GET", path(id) + "/content?format=url", JSON, List.of());
    }

    @Override
    public URI url(Payload answer) {
        var url = Fields.httpUrl(answer.json().path("url"));
        if (url == null) {
            throw new IllegalArgumentException("there is no URL in it");
        }
        return url;
    }

    @Override
    public ApiCall delete(String id) {
        return new ApiCall("DELETE", path(id), JSON, List.of());
    }

    @Override
    public void deleted(Payload answer) {
        if (!Fields.flag(answer.json(), "deleted")) {
            throw new IllegalArgumentException("it does not say that the image is deleted");
        }
    }

    private String path(String id) {
        if (!ID.matcher(id).matches()) {
            throw refused("the id of a stored image is made of letters, digits and . _ ~ : = - alone");
        }
        return "/images/" + id;
    }

    private RejectedException refused(String what) {
        return new RejectedException(
                RejectedException.Reason.REQUEST, "not sent to " + gateway + ": " + what, FailureDetails.NONE);
    }
}
