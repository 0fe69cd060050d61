package dev.darkroom.pipeline;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job of a line: every option of the gateway by its name, as text, number, list or object. Thread-safe; looks at the files of
 * references, and so blocks a little.
 */
final class JobReading {

    /** For the reader of the input, not for the gateway. */
    private static final Set<String> NOT_SENT =
            Set.of("prompt", "out", "model", "id", "custom_id", "extra", "metadata");

    /** What a request has that says nothing of it. */
    private static final String UNSAID = "auto";

    /** As files are called, which no gateway takes. */
    private static final String JPG = "jpg";

    private final PipelineOptions options;
    private final Path besides;
    private final Map<String, ImageOption<?>> known;

    JobReading(PipelineOptions options) {
        this.options = options;
        var input = options.input();
        var folder = input == null ? null : input.toAbsolutePath().getParent();
        this.besides = folder == null ? Path.of("").toAbsolutePath() : folder;
        this.known = Stream.concat(ImageOption.common().stream(), options.gateway().options().stream())
                .collect(Collectors.toMap(
                        ImageOption::name, option -> option, (common, own) -> own, LinkedHashMap::new));
    }

    /** The job, or an {@link IllegalArgumentException} that says what is wrong with the line. */
    Job job(int index, PromptLine line) {
        if (line.fault() != null) {
            throw new IllegalArgumentException(line.fault());
        }
        var fields = line.fields();
        var request = options.defaults().apply(ImageRequest.of(model(fields), prompt(fields)));
        for (var field : fields.entrySet()) {
            var value = field.getValue();
            if (value != null && !NOT_SENT.contains(field.getKey())) {
                request = with(request, field.getKey(), value);
            }
        }
        if (fields.get("extra") instanceof Map<?, ?> extra) {
            for (var field : extra.entrySet()) {
                request = request.extra(String.valueOf(field.getKey()), field.getValue());
            }
        }
        var fingerprint = line.fingerprint();
        request = options.seeds().on(request, index, fingerprint);
        return new Job(index, line.line(), id(fields), request, name(index, line, request), fingerprint);
    }

    private String prompt(Map<String, @Nullable Object> fields) {
        var prompt = fields.get("prompt");
        if (!(prompt instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException("it has no prompt");
        }
        return PromptParts.whole(text.strip(), fields, known.keySet());
    }

    private String model(Map<String, @Nullable Object> fields) {
        return fields.get("model") instanceof String named && !named.isBlank() ? named.strip() : options.model();
    }

    private static String id(Map<String, @Nullable Object> fields) {
        var id = fields.get("id") == null ? fields.get("custom_id") : fields.get("id");
        return id == null ? "" : String.valueOf(id);
    }

    private OutputName name(int index, PromptLine line, ImageRequest request) {
        var images = Math.max(1, request.n().orElse(1));
        return line.fields().get("out") instanceof String out && !out.isBlank()
                ? OutputName.given(out, images)
                : options.names().name(index, line.line(), id(line.fields()), request, images);
    }

    private ImageRequest with(ImageRequest request, String field, Object value) {
        if (PromptParts.isPart(field, known.keySet())) {
            return request;
        }
        var option = known.get(field);
        if (option == null) {
            if (options.ignoreUnknownFields()) {
                return request;
            }
            throw new IllegalArgumentException("there is no option '" + field
                    + "'; what the gateway shall have all the same goes into \"extra\", and ignoreUnknownFields(true)"
                    + " passes over such fields");
        }
        if (option.equals(ImageOption.SIZE) && UNSAID.equals(value)) {
            return request;
        }
        if (option.equals(ImageOption.REFERENCES)) {
            return request.references(references(value).map(this::located).toList());
        }
        if (option.equals(ImageOption.MASK)) {
            return request.mask(located(ImageOption.MASK.read(text(value))));
        }
        return option.equals(ImageOption.OUTPUT_FORMAT) && JPG.equals(value)
                ? request.outputFormat(OutputFormat.JPEG)
                : request.withText(option, text(value));
    }

    /** As lists, or as lines. */
    private static Stream<ImageReference> references(Object value) {
        return value instanceof List<?> several
                ? several.stream().flatMap(one -> ImageOption.REFERENCES.read(String.valueOf(one)).stream())
                : ImageOption.REFERENCES.read(text(value)).stream();
    }

    private ImageReference located(ImageReference reference) {
        if (!(reference instanceof ImageReference.File file)) {
            return reference;
        }
        var path = besides.resolve(file.path());
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException("references: there is no readable file " + file.path());
        }
        return ImageReference.file(path);
    }

    private static String text(Object value) {
        return value instanceof Map<?, ?> || value instanceof Collection<?> ? Json.write(value) : String.valueOf(value);
    }
}
