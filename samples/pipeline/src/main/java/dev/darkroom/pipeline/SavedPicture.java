package dev.darkroom.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a prompt.
 *
 * @param image which one, from 0
 * @param file where it lies, below the folder; null if it was made and could not be fetched
 * @param mediaType what it is; null if nobody knows
 * @param bytes how large; 0 if it is not here
 * @param url where the gateway keeps it for a while, if it is not here; null otherwise
 */
record SavedPicture(
        int image,
        @Nullable String file,
        @Nullable String mediaType,
        long bytes,
        @Nullable String url) {

    Map<String, @Nullable Object> json() {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("image", image);
        all.put("file", file);
        all.put("type", mediaType);
        all.put("bytes", bytes);
        if (url != null) {
            all.put("url", url);
        }
        return all;
    }

    static SavedPicture read(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> all)) {
            throw new IllegalArgumentException("it names no picture");
        }
        return new SavedPicture(
                all.get("image") instanceof Number image ? image.intValue() : 0,
                all.get("file") instanceof String file ? file : null,
                all.get("type") instanceof String type ? type : null,
                all.get("bytes") instanceof Number bytes ? bytes.longValue() : 0,
                all.get("url") instanceof String url ? url : null);
    }
}
