package dev.darkroom.pipeline;

import dev.darkroom.image.ImageRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How pictures are called whose prompt does not say: {@code {index}} from 1, {@code {line}} of the input, {@code {slug}} of the prompt,
 * {@code {model}}, {@code {seed}}, {@code {id}}.
 *
 * @param text with these in it
 */
record NameTemplate(String text) {

    static final NameTemplate USUAL = new NameTemplate("{index}-{slug}");

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    OutputName name(int index, long line, String id, ImageRequest request, int images) {
        var name = PLACE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "index" -> String.format(Locale.ROOT, "%05d", index + 1);
                            case "line" -> Long.toString(line);
                            case "slug" -> OutputName.slug(request.prompt());
                            case "model" -> OutputName.slug(request.model());
                            case "seed" ->
                                request.seed().isPresent()
                                        ? Long.toString(request.seed().getAsLong())
                                        : "0";
                            case "id" -> OutputName.slug(id);
                            default ->
                                throw new IllegalArgumentException("the name template has {" + found.group(1)
                                        + "}, which is none of {index}, {line}, {slug}, {model}, {seed}, {id}");
                        }));
        return OutputName.given(name, images);
    }
}
