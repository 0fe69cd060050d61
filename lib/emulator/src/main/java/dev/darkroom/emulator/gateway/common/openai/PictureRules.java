package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Animation;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the fields which say what a picture shall be like, and what excludes what among them.
 *
 * <p>An API's formats come first, then those of the model. In which words the real API refuses a moving picture or a drawn one
 * that something excludes is a guess.
 *
 * @param errors how a field's error is worded
 * @param formats what the API delivers, whatever its models can
 * @param words how the API says that it does not know a model
 */
public record PictureRules(FieldErrors errors, List<String> formats, Words words) {

    private static final List<String> BACKGROUNDS = List.of("transparent", "opaque", "auto");
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final int USUAL_FRAMES = 9;
    private static final int USUAL_DURATION = 200;
    private static final int LONGEST_DURATION = 655_350;

    /**
     * The options of a request.
     *
     * @param fields where they are said
     * @param id the model's
     * @param references pictures to follow
     * @return the options
     */
    public PictureOptions read(RequestFields fields, String id, List<Reference> references) {
        var model = Model.find(id).orElseThrow(() -> new ErrorReplyException(words.modelNotFound(id)));
        var quality = fields.oneOf("quality", model.qualities()).orElse("auto");
        var format = format(fields, model);
        var unused = fields.oneOf("complexity", List.of("low", "medium", "high"));
        return new PictureOptions(
                model,
                model.sizes().dimensions(fields.text("size"), references, errors),
                format,
                compression(fields, format),
                transparent(fields, model, format),
                quality.equals("auto") ? "medium" : quality,
                animation(fields, format),
                author(fields, format));
    }

    /**
     * What a format cannot have at all.
     *
     * @param format the format
     * @param name a field which is there
     * @return the refusal, to be thrown
     */
    public ErrorReplyException excluded(Format format, String name) {
        return refusal(
                "The '" + name + "' parameter is not supported when 'output_format' is '" + word(format) + "'.", name);
    }

    private Format format(RequestFields fields, Model model) {
        var known = formats.stream().filter(model.formats()::contains).toList();
        return fields.oneOf("output_format", known).flatMap(Format::of).orElse(Format.PNG);
    }

    private int compression(RequestFields fields, Format format) {
        var compression = fields.integer("output_compression", 0, 100);
        boolean custom = compression.isPresent() && compression.get() != 100;
        if (custom && format == Format.PNG) {
            throw new ErrorReplyException(Errors.invalid(
                    "Compression less than 100 is not supported for PNG output format",
                    errors.path("output_compression"),
                    "invalid_png_output_compression"));
        }
        if ((custom && format == Format.GIF) || (compression.isPresent() && format == Format.SVG)) {
            throw excluded(format, "output_compression");
        }
        return compression.orElse(100);
    }

    private boolean transparent(RequestFields fields, Model model, Format format) {
        boolean transparent =
                fields.oneOf("background", BACKGROUNDS).orElse("auto").equals("transparent");
        if (transparent && !model.transparent()) {
            throw refusal("Transparent background is not supported for this model.", "background");
        }
        if (transparent && format != Format.PNG && format != Format.WEBP) {
            throw refusal(
                    "Transparent background is not supported for " + format.name() + " output format", "background");
        }
        return transparent;
    }

    private @Nullable Animation animation(RequestFields fields, Format format) {
        only(fields, "frame_count", Format.GIF, format);
        only(fields, "frame_duration_ms", Format.GIF, format);
        if (format != Format.GIF) {
            return null;
        }
        int frames = fields.integer("frame_count", 2, 16).orElse(USUAL_FRAMES);
        long asked = fields.number("frame_duration_ms").orElse((long) USUAL_DURATION);
        if (asked < 1) {
            throw new ErrorReplyException(errors.outOfRange("frame_duration_ms", 1, Integer.MAX_VALUE, asked));
        }
        return new Animation(frames, (int) Math.min(LONGEST_DURATION, Math.round(asked / 10.0) * 10));
    }

    private String author(RequestFields fields, Format format) {
        only(fields, "svg", Format.SVG, format);
        if (format != Format.SVG) {
            return "";
        }
        var svg = fields.object("svg", errors.below("svg"));
        var unused = svg.flatMap(author -> author.object("reasoning", errors.below("svg.reasoning")))
                .flatMap(reasoning -> reasoning.oneOf("effort", EFFORTS));
        return svg.flatMap(author -> author.text("model")).orElse("gpt-5");
    }

    private void only(RequestFields fields, String name, Format needed, Format format) {
        if (fields.has(name) && format != needed) {
            throw refusal(
                    "The '" + name + "' parameter is only supported when 'output_format' is '" + word(needed) + "'.",
                    name);
        }
    }

    private ErrorReplyException refusal(String message, String name) {
        Reply reply = Errors.invalid(message, errors.path(name), "invalid_value");
        return new ErrorReplyException(reply);
    }

    private static String word(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
