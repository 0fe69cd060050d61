package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.openrouter.Errors.Rejection;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every rule of a generation request, in the router's order: types and ranges, then the model, then what its providers
 * take, then what must agree with what.
 *
 * <p>Knobs which a provider does not have are refused as recorded, with two exceptions: {@code quality}, which the
 * router's specification says is ignored, and {@code background}, where {@code auto} and {@code opaque} change
 * nothing.
 */
final class RequestRules {

    private static final int DEFAULT_COMPRESSION = 92;
    private static final int LONGEST_SESSION = 256;
    private static final List<String> ROUTED =
            List.of("resolution", "aspect_ratio", "size", "quality", "output_format", "background");
    private static final Set<String> IGNORED_BACKGROUNDS = Set.of("auto", "opaque");

    private final Catalogue catalogue;
    private final long defaultSeed;

    RequestRules(Catalogue catalogue, long defaultSeed) {
        this.catalogue = catalogue;
        this.defaultSeed = defaultSeed;
    }

    ImageRequest read(RequestFields fields) {
        String id = fields.requiredText("model");
        String prompt = fields.requiredText("prompt");
        if (prompt.isBlank()) {
            throw invalid("prompt: Too small: expected string to have >=1 characters");
        }
        int n = fields.integer("n", 1, 10).orElse(1);
        var compression = fields.integer("output_compression", 0, 100);
        var seed = fields.number("seed");
        boolean stream = fields.flag("stream");
        if (fields.text("session_id").orElse("").length() > LONGEST_SESSION) {
            throw invalid("session_id: Too big: expected string to have <=256 characters");
        }
        var references = InputReferences.read(fields);
        var model = catalogue
                .find(id)
                .orElseThrow(() -> new ErrorReplyException(Errors.error(404, "No endpoints found for " + id + ".")));
        checkProviderAllowed(fields, model);
        checkSupported(fields, model, references.size());
        var format = fields.text("output_format").flatMap(Format::of).orElse(model.format());
        boolean transparent = fields.text("background").orElse("").equals("transparent");
        checkConsistent(format, compression, transparent);
        return new ImageRequest(
                model,
                prompt,
                n,
                SizeRules.dimensions(
                        fields.text("size"), fields.text("resolution"), fields.text("aspect_ratio"), references),
                format,
                compression.orElse(DEFAULT_COMPRESSION),
                transparent,
                fields.text("quality").orElse("auto"),
                seed.orElse(defaultSeed),
                references,
                fields.text("session_id").orElse(null),
                stream && model.streaming());
    }

    private static void checkProviderAllowed(RequestFields fields, Model model) {
        var preferences = fields.object("provider");
        if (preferences.isEmpty()) {
            return;
        }
        var provider = preferences.get();
        var only = provider.items("only");
        boolean excluded = provider.items("ignore").stream()
                        .anyMatch(slug -> slug.asString("").equals(model.slug()))
                || (!only.isEmpty()
                        && only.stream().noneMatch(slug -> slug.asString("").equals(model.slug())));
        if (excluded) {
            throw new ErrorReplyException(Errors.error(
                    404,
                    "No allowed providers are available for the selected model.",
                    Errors.funnel("Filter by Provider")));
        }
    }

    private static void checkSupported(RequestFields fields, Model model, int references) {
        var rejections = new ArrayList<Rejection>();
        for (var name : ROUTED) {
            fields.text(name).flatMap(value -> rejection(model, name, value)).ifPresent(rejections::add);
        }
        for (var name : List.of("n", "seed", "output_compression")) {
            fields.number(name)
                    .filter(value -> !(name.equals("n") && value == 1))
                    .flatMap(value -> rejection(model, name, Long.toString(value)))
                    .ifPresent(rejections::add);
        }
        if (references > 0 || model.parameters().containsKey("input_references")) {
            rejection(model, "input_references", Integer.toString(references)).ifPresent(rejections::add);
        }
        if (!rejections.isEmpty()) {
            throw new ErrorReplyException(Errors.unroutable(model.id(), model.provider(), rejections));
        }
    }

    private static Optional<Rejection> rejection(Model model, String name, String value) {
        var capability = model.parameters().get(name);
        if (capability != null) {
            return Optional.ofNullable(capability.refusal(value)).map(why -> new Rejection(name, value, why));
        }
        boolean ignored = name.equals("quality") || (name.equals("background") && IGNORED_BACKGROUNDS.contains(value));
        return ignored ? Optional.empty() : Optional.of(new Rejection(name, value, "not supported"));
    }

    private static void checkConsistent(Format format, Optional<Integer> compression, boolean transparent) {
        if (compression.isPresent() && format != Format.JPEG && format != Format.WEBP) {
            throw invalid("output_compression: only supported with output_format jpeg or webp");
        }
        if (transparent && format != Format.PNG && format != Format.WEBP) {
            throw invalid("background: transparent requires output_format png or webp");
        }
    }

    private static ErrorReplyException invalid(String what) {
        return new ErrorReplyException(Errors.invalid(what));
    }

    /** The references' pixels, which some models charge for. */
    static long pixels(List<Reference> references) {
        return references.stream()
                .mapToLong(reference -> (long) reference.width() * reference.height())
                .sum();
    }
}
