package dev.darkroom.internal.gateway.azure;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * What stands between a base URL, as people copy it from Azure's pages, and the path of the API.
 *
 * @param before what to append, in which {@link #MODEL} stands for the deployment; empty for nothing
 */
record AzurePaths(String before) {

    private static final String MODEL = "{model}";
    private static final String OPENAI = "/openai";
    private static final String DEPLOYMENTS = "/deployments";

    /** Versions by date are those of the paths with deployments; {@code preview} and {@code latest} are of v1, as is none. */
    private static final Pattern BY_DATE = Pattern.compile("(?i)(?:.*&)?api-version=\\d{4}-\\d{2}-\\d{2}.*");

    /** What nobody has to encode, so that a name stays one segment. */
    private static final Pattern NAME = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,128}");

    static AzurePaths of(URI baseUrl) {
        var path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath().replaceAll("/+$", "");
        if (path.matches(".*/images/(?:generations|edits)")) {
            throw new IllegalArgumentException(
                    "the base URL of azure ends before /images/generations and /images/edits, which are added to it");
        }
        if (path.endsWith(DEPLOYMENTS)) {
            return new AzurePaths("/" + MODEL);
        }
        if (!path.isEmpty() && !path.endsWith(OPENAI)) {
            return new AzurePaths("");
        }
        var query = baseUrl.getRawQuery();
        var byDate = query != null && BY_DATE.matcher(query).matches();
        return new AzurePaths((path.isEmpty() ? OPENAI : "") + (byDate ? DEPLOYMENTS + "/" + MODEL : "/v1"));
    }

    boolean takes(String model) {
        return !before.contains(MODEL) || NAME.matcher(model).matches();
    }

    String of(String path, String model) {
        return before.replace(MODEL, model) + path;
    }
}
