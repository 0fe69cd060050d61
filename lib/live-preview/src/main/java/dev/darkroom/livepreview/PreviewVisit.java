package dev.darkroom.livepreview;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;

/**
 * Somebody asks for something of a preview.
 *
 * @param action what is asked for
 * @param preview the preview's id; null where one is opened
 * @param owner the user to whom it belongs; null where that is nobody yet
 * @param visitor who asks; null without a login
 * @param request the request itself, with its headers
 */
public record PreviewVisit(
        Action action,
        @Nullable String preview,
        @Nullable String owner,
        @Nullable Principal visitor,
        HttpRequest request) {

    /** What can be asked for; there may be more in time. */
    public enum Action {
        /** To open a preview. */
        OPEN,
        /** To hear its notices and fetch its pictures. */
        WATCH,
        /** To add a picture to it, which may cost money: where a controller has a {@link LivePreview} as parameter. */
        DEVELOP,
        /** To ask for a picture once more, which may cost money. */
        REPEAT,
        /** To cancel a picture. */
        CANCEL
    }

    /** Without what a header may hold. */
    @Override
    public String toString() {
        return "PreviewVisit[" + action + "]";
    }
}
