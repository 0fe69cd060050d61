package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.Refusal;
import dev.darkroom.emulator.openrouter.Errors.Rejection;
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
final class OrderRules {

    private static final int USUAL_COMPRESSION = 92;
    private static final int LONGEST_SESSION = 256;
    private static final List<String> ROUTED =
            List.of("resolution", "aspect_ratio", "size", "quality", "output_format", "background");
    private static final Set<String> IGNORED_BACKGROUNDS = Set.of("auto", "opaque");

    private final Catalogue catalogue;
    private final long usualSeed;

    OrderRules(Catalogue catalogue, long usualSeed) {
        this.catalogue = catalogue;
        this.usualSeed = usualSeed;
    }

    Order read(Form form) {
        String id = form.requiredText("model");
        String prompt = form.requiredText("prompt");
        if (prompt.isBlank()) {
            throw invalid("prompt: Too small: expected string to have >=1 characters");
        }
        int n = form.integer("n", 1, 10).orElse(1);
        var compression = form.integer("output_compression", 0, 100);
        var seed = form.number("seed");
        boolean stream = form.flag("stream");
        if (form.text("session_id").orElse("").length() > LONGEST_SESSION) {
            throw invalid("session_id: Too big: expected string to have <=256 characters");
        }
        var references = InputReferences.read(form);
        var model = catalogue
                .find(id)
                .orElseThrow(() -> new Refusal(Errors.error(404, "No endpoints found for " + id + ".")));
        providerAllowed(form, model);
        capable(form, model, references.size());
        var format = form.text("output_format").flatMap(Format::of).orElse(model.format());
        boolean transparent = form.text("background").orElse("").equals("transparent");
        agreeing(format, compression, transparent);
        return new Order(
                model,
                prompt,
                n,
                SizeRules.dimensions(form.text("size"), form.text("resolution"), form.text("aspect_ratio"), references),
                format,
                compression.orElse(USUAL_COMPRESSION),
                transparent,
                form.text("quality").orElse("auto"),
                seed.orElse(usualSeed),
                references,
                stream && model.streaming());
    }

    private static void providerAllowed(Form form, Model model) {
        var preferences = form.inner("provider");
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
            throw new Refusal(Errors.error(
                    404,
                    "No allowed providers are available for the selected model.",
                    Errors.funnel("Filter by Provider")));
        }
    }

    private static void capable(Form form, Model model, int references) {
        var rejections = new ArrayList<Rejection>();
        for (var name : ROUTED) {
            form.text(name).flatMap(value -> rejection(model, name, value)).ifPresent(rejections::add);
        }
        for (var name : List.of("n", "seed", "output_compression")) {
            form.number(name)
                    .filter(value -> !(name.equals("n") && value == 1))
                    .flatMap(value -> rejection(model, name, Long.toString(value)))
                    .ifPresent(rejections::add);
        }
        if (references > 0 || model.parameters().containsKey("input_references")) {
            rejection(model, "input_references", Integer.toString(references)).ifPresent(rejections::add);
        }
        if (!rejections.isEmpty()) {
            throw new Refusal(Errors.unroutable(model.id(), model.provider(), rejections));
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

    private static void agreeing(Format format, Optional<Integer> compression, boolean transparent) {
        if (compression.isPresent() && format != Format.JPEG && format != Format.WEBP) {
            throw invalid("output_compression: only supported with output_format jpeg or webp");
        }
        if (transparent && format != Format.PNG && format != Format.WEBP) {
            throw invalid("background: transparent requires output_format png or webp");
        }
    }

    private static Refusal invalid(String what) {
        return new Refusal(Errors.invalid(what));
    }

    /** The references' pixels, which some models charge for. */
    static long pixels(List<Reference> references) {
        return references.stream()
                .mapToLong(reference -> (long) reference.width() * reference.height())
                .sum();
    }
}
