package dev.darkroom.emulator.openai;

import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.References;
import dev.darkroom.emulator.desk.Refusal;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The images of an edit: files {@code image} or {@code image[]} of a multipart form, or {@code images} of a JSON body,
 * each with an {@code image_url} or a {@code file_id}. Files of an id are known by it and never fetched.
 *
 * @param call the call
 * @param form its plain fields
 */
record EditInputs(Call call, Form form) {

    private static final int MOST = 16;
    private static final int LARGEST = 50 << 20;
    private static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/webp");

    List<Reference> read() {
        var references = call.parts().isEmpty() ? linked() : uploaded();
        if (references.size() > MOST) {
            throw refusal(
                    "Invalid 'image': array too long. Expected an array with maximum length 16, but got an array with"
                            + " length " + references.size() + " instead.",
                    "image",
                    "array_above_max_length");
        }
        return references;
    }

    private List<Reference> uploaded() {
        var references = new ArrayList<Reference>();
        for (var part : call.parts()) {
            if (part.name().equals("image") || part.name().equals("image[]")) {
                references.add(file(part, "image[" + references.size() + "]"));
            }
        }
        if (references.isEmpty()) {
            throw new Refusal(new Complaints().missing("image"));
        }
        return references;
    }

    private static Reference file(Part part, String name) {
        if (!TYPES.contains(part.mediaType())) {
            throw refusal(
                    "Invalid file '" + name + "': unsupported mimetype ('" + part.mediaType()
                            + "'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.",
                    name,
                    "unsupported_file_mimetype");
        }
        if (part.bytes().length > LARGEST) {
            throw refusal("Invalid file '" + name + "': the image must be less than 50MB.", name, "image_too_large");
        }
        return Reference.decode(part.bytes()).orElseThrow(() -> unreadable(name));
    }

    private List<Reference> linked() {
        var items = form.items("images");
        if (items.isEmpty()) {
            throw new Refusal(new Complaints().missing("images"));
        }
        var references = new ArrayList<Reference>();
        for (int i = 0; i < items.size(); i++) {
            references.add(linked(items.get(i), "images[" + i + "]"));
        }
        return references;
    }

    private static Reference linked(JsonNode item, String name) {
        var id = item.path("file_id");
        if (id.isString()) {
            if (!id.stringValue().startsWith("file-")) {
                throw refusal("No such File object: " + id.stringValue(), name + ".file_id", "file_not_found");
            }
            return Reference.known(id.stringValue());
        }
        var url = item.path("image_url");
        if (!url.isString()) {
            throw new Refusal(new Complaints().missing(name + ".image_url"));
        }
        return References.of(url.stringValue()).orElseThrow(() -> unreadable(name));
    }

    private static Refusal unreadable(String name) {
        return refusal(
                "Invalid image file or mode for image " + name.replaceAll("\\D", "")
                        + ", please check your image file.",
                name,
                "invalid_image_file");
    }

    private static Refusal refusal(String message, String param, String code) {
        return new Refusal(Errors.invalid(message, param, code));
    }
}
