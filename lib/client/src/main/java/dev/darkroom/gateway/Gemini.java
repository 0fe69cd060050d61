package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import java.util.regex.Pattern;

/**
 * What Gemini knows beside what every gateway takes. Its key is one of AI Studio's, or a token of Google Cloud's (any below a
 * project of Vertex AI's, and elsewhere one that begins with {@code ya29.} or {@code eyJ}), which goes out as
 * {@code Authorization: Bearer} and is asked for by a supplier, because it lives an hour:
 *
 * <pre>{@code
 * ImageClient.named(Gemini.NAME, key)
 * ImageClient.named(Gemini.NAME, "").baseUrl(Gemini.vertex("my-project", "global")).apiKey(tokens::current)
 * }</pre>
 */
public final class Gemini {

    /** Its name in the list of gateways. */
    public static final String NAME = "gemini";

    /**
     * Whether the model may say something beside its images; it may, unless told not to. What it says is
     * {@link dev.darkroom.image.ImageResult#text()}.
     */
    public static final ImageOption<Boolean> TEXT = SharedOptions.TEXT;

    /** How much a model thinks before it paints, in its own words: {@code minimal}, {@code high}. */
    public static final ImageOption<String> THINKING_LEVEL =
            ImageOption.text("thinking_level", "How much the model thinks before it paints: minimal, high.");

    private static final Pattern PART = Pattern.compile("[a-z][a-z0-9.:-]{1,62}");

    private Gemini() {}

    /**
     * Where Vertex AI is, for {@link dev.darkroom.ImageClient#baseUrl(String)}.
     *
     * @param project the id of a project of Google Cloud's
     * @param location {@code global}, or a region such as {@code europe-west4}
     * @return the base URL
     * @throws IllegalArgumentException if one of them cannot be one
     */
    public static String vertex(String project, String location) {
        for (String part : new String[] {project, location}) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException(
                        "a project and a location of Google Cloud are lower-case letters, digits and"
                                + " hyphens, beginning with a letter: my-project, europe-west4");
            }
        }
        var host = location.equals("global") ? "aiplatform.googleapis.com" : location + "-aiplatform.googleapis.com";
        return "https://" + host + "/v1/projects/" + project + "/locations/" + location + "/publishers/google";
    }
}
