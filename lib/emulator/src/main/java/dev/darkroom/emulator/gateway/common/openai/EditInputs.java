package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Mask;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.picture.Retouch;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.FormPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The images of an edit: files {@code image} or {@code image[]}, and {@code mask}, of a multipart form; or {@code images} and
 * {@code mask} of a JSON body, each with an {@code image_url} or a {@code file_id}. What is behind an id or another URL than
 * a {@code data:} one is never fetched: it is a picture known by its name, and a mask over it changes nothing.
 *
 * @param call the call
 * @param fields its plain fields
 */
record EditInputs(Call call, RequestFields fields) {

    private static final int MOST = 16;
    private static final int LARGEST_IMAGE = 50 << 20;
    private static final int LARGEST_MASK = 4 << 20;
    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/webp");
    private static final Set<String> MASKS = Set.of("image/png");
    private static final byte[] NOT_SEEN = {};

    /**
     * An image.
     *
     * @param reference what it looks like
     * @param file its file, empty if it was not seen
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
    record Input(Reference reference, byte[] file) {}

    List<Input> images() {
        var images = call.parts().isEmpty() ? linked() : uploaded();
        if (images.size() > MOST) {
            throw refusal(
                    "Invalid 'image': array too long. Expected an array with maximum length 16, but got an array with"
                            + " length " + images.size() + " instead.",
                    "image",
                    "array_above_max_length");
        }
        return images;
    }

    boolean hasMask() {
        return fields.has("mask") || file("mask").isPresent();
    }

    /** The images, and what is drawn over the first of them to say what shall change. */
    List<Reference> withMarkup(List<Input> images, Model model) {
        var references = new ArrayList<>(images.stream().map(Input::reference).toList());
        file("markup")
                .ifPresent(part -> references.add(markup(part, images.get(0).reference(), model)));
        return references;
    }

    private Reference markup(FormPart part, Reference first, Model model) {
        if (hasMask()) {
            throw refusal("The 'markup' parameter cannot be combined with 'mask'.", "markup", "invalid_value");
        }
        if (!model.markup()) {
            throw refusal("The 'markup' parameter is not supported for this model.", "markup", "invalid_value");
        }
        var drawn = Mask.decode(checked(part, "markup", MASKS, LARGEST_IMAGE)).orElseThrow(() -> unreadable("markup"));
        if (!drawn.hasAlpha()) {
            throw refusal("Invalid markup image: it has no transparent pixels.", "markup", "invalid_value");
        }
        if (drawn.width() != first.width() || drawn.height() != first.height()) {
            throw refusal("Invalid markup image: its size does not match the image's.", "markup", "invalid_value");
        }
        return Reference.decode(part.bytes()).orElseThrow(() -> unreadable("markup"));
    }

    private Optional<FormPart> file(String name) {
        return call.parts().stream()
                .filter(part -> part.name().equals(name) && part.isFile())
                .findFirst();
    }

    /** The first image with its mask, if there is one. */
    @Nullable
    Retouch retouch(Input first) {
        return mask().map(file -> retouch(first, file)).orElse(null);
    }

    private static @Nullable Retouch retouch(Input first, byte[] file) {
        var mask = Mask.decode(file).orElseThrow(() -> unreadable("mask"));
        if (!mask.hasAlpha()) {
            throw wrongMask("mask image missing alpha channel");
        }
        if (first.file().length == 0) {
            return null;
        }
        if (mask.width() != first.reference().width()
                || mask.height() != first.reference().height()) {
            throw wrongMask("mask size does not match image size");
        }
        return Retouch.of(first.file(), mask).orElse(null);
    }

    private Optional<byte[]> mask() {
        var uploaded = call.parts().stream()
                .filter(part -> part.name().equals("mask"))
                .findFirst()
                .map(part -> checked(part, "mask", MASKS, LARGEST_MASK));
        return uploaded.or(() ->
                fields.object("mask").flatMap(mask -> mask.text("image_url")).flatMap(ReferenceImages::dataUrl));
    }

    private List<Input> uploaded() {
        if (call.parts().stream().filter(part -> part.name().equals("image")).count() > 1) {
            throw refusal(
                    "Duplicate parameter: 'image'. You provided multiple values for this parameter, whereas only one is"
                            + " allowed. If you are trying to provide a list of values, use the array syntax instead e.g."
                            + " 'image[]=<value>'.",
                    "image",
                    "duplicate_parameter");
        }
        var images = new ArrayList<Input>();
        for (var part : call.parts()) {
            if (part.name().equals("image") || part.name().equals("image[]")) {
                var name = "image[" + images.size() + "]";
                var file = checked(part, name, IMAGES, LARGEST_IMAGE);
                images.add(new Input(Reference.decode(file).orElseThrow(() -> unreadable(name)), file));
            }
        }
        if (images.isEmpty()) {
            throw new ErrorReplyException(new FieldErrors().missing("image"));
        }
        return images;
    }

    private static byte[] checked(FormPart part, String name, Set<String> types, int largest) {
        if (!types.contains(part.mediaType())) {
            var supported = types.size() == 1 ? "'image/png'" : "'image/jpeg', 'image/png', and 'image/webp'";
            throw refusal(
                    "Invalid file '" + name + "': unsupported mimetype ('" + part.mediaType()
                            + "'). Supported file formats are " + supported + ".",
                    name,
                    "unsupported_file_mimetype");
        }
        if (part.bytes().length >= largest) {
            throw refusal(
                    "Invalid file '" + name + "': it must be less than " + (largest >> 20) + "MB.",
                    name,
                    "image_too_large");
        }
        return part.bytes();
    }

    private List<Input> linked() {
        var items = fields.items("images");
        if (items.isEmpty()) {
            throw new ErrorReplyException(new FieldErrors().missing("images"));
        }
        var images = new ArrayList<Input>();
        for (int i = 0; i < items.size(); i++) {
            images.add(linked(items.get(i), "images[" + i + "]"));
        }
        return images;
    }

    private static Input linked(JsonNode item, String name) {
        var id = item.path("file_id");
        if (id.isString()) {
            if (!id.stringValue().startsWith("file-")) {
                throw refusal("No such File object: " + id.stringValue(), name + ".file_id", "file_not_found");
            }
            return new Input(Reference.known(id.stringValue()), NOT_SEEN);
        }
        var url = item.path("image_url");
        if (!url.isString()) {
            throw new ErrorReplyException(new FieldErrors().missing(name + ".image_url"));
        }
        var text = url.stringValue();
        return new Input(
                ReferenceImages.of(text).orElseThrow(() -> unreadable(name)),
                ReferenceImages.dataUrl(text).orElse(NOT_SEEN));
    }

    private static ErrorReplyException wrongMask(String why) {
        return new ErrorReplyException(Errors.error(
                400,
                "Invalid mask image format - " + why,
                "image_generation_user_error",
                "mask",
                "invalid_mask_image_format"));
    }

    private static ErrorReplyException unreadable(String name) {
        var which = name.startsWith("ma") ? name : "image " + name.replaceAll("\\D", "");
        return refusal(
                "Invalid image file or mode for " + which + ", please check your image file.",
                name,
                "invalid_image_file");
    }

    private static ErrorReplyException refusal(String message, String param, String code) {
        return new ErrorReplyException(Errors.invalid(message, param, code));
    }
}
