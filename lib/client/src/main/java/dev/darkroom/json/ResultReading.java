package dev.darkroom.json;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a result. */
final class ResultReading {

    private final Members members;
    private final Set<Integer> announced = new HashSet<>();

    private List<GeneratedImage> images = List.of();
    private List<ImageFailure> failures = List.of();
    private List<String> warnings = List.of();
    private @Nullable Usage usage;
    private @Nullable Usage svgUsage;
    private @Nullable Instant created;
    private @Nullable String generationId;
    private @Nullable String provider;
    private @Nullable String text;

    private ResultReading(Members members) {
        this.members = members;
    }

    static ResultReading of(Members members) {
        var reading = new ResultReading(members);
        members.each(reading::member);
        return reading;
    }

    private void member(String name) {
        switch (name) {
            case "images" -> images = images(members, announced);
            case "failures" -> failures = members.list(() -> members.object(() -> failure(members)));
            case "usage" -> usage = members.object(() -> UsageReading.of(members));
            case "svgUsage" -> svgUsage = members.object(() -> UsageReading.of(members));
            case "created" -> created = members.instant();
            case "generationId" -> generationId = members.text();
            case "provider" -> provider = members.text();
            case "text" -> text = members.text();
            case "warnings" -> warnings = members.list(members::text);
            default -> members.skip();
        }
    }

    ImageResult result() {
        return new ImageResult(images, failures, usage, created, generationId, provider, warnings)
                .withText(text)
                .withSvgUsage(svgUsage);
    }

    /** The images which were sent before. */
    Set<Integer> announced() {
        return announced;
    }

    static List<GeneratedImage> images(Members members, Set<Integer> announced) {
        return members.list(() -> {
            var reading = ImageReading.of(members);
            var image = reading.image();
            if (reading.isAnnounced()) {
                announced.add(image.index());
            }
            return image;
        });
    }

    static ImageFailure failure(Members members) {
        var index = new int[1];
        var code = new @Nullable String[1];
        members.each(name -> {
            switch (name) {
                case "index" -> index[0] = members.index();
                case "code" -> code[0] = members.text();
                default -> members.skip();
            }
        });
        return new ImageFailure(index[0], code[0], null);
    }

    /** What was used, and what it cost. */
    private static final class UsageReading {

        private @Nullable Long inputTokens;
        private @Nullable Long outputTokens;
        private @Nullable Long totalTokens;
        private @Nullable Integer images;
        private @Nullable BigDecimal cost;
        private @Nullable String costUnit;
        private @Nullable Map<String, Object> fields;

        static Usage of(Members members) {
            var reading = new UsageReading();
            members.each(name -> reading.member(name, members));
            return new Usage(
                    reading.inputTokens,
                    reading.outputTokens,
                    reading.totalTokens,
                    reading.images,
                    reading.cost,
                    reading.costUnit,
                    reading.fields == null ? Map.of() : reading.fields);
        }

        private void member(String name, Members members) {
            switch (name) {
                case "inputTokens" -> inputTokens = members.whole();
                case "outputTokens" -> outputTokens = members.whole();
                case "totalTokens" -> totalTokens = members.whole();
                case "images" -> images = members.integer();
                case "cost" -> cost = members.decimal();
                case "costUnit" -> costUnit = members.text();
                case "fields" -> fields = members.object(members::map);
                default -> members.skip();
            }
        }
    }
}
