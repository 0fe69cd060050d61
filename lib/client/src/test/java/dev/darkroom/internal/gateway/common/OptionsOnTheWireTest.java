package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.ProviderRouting;
import dev.darkroom.image.Quality;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.minimax.MiniMaxDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every option at every gateway: where it goes on the wire, or that it is refused by its name. */
class OptionsOnTheWireTest {

    /** Not taken. */
    private static final String REFUSED = "-";

    /** Taken, and nothing has to be said for it. */
    private static final String UNSAID = "=";

    private static final String TABLE = """
            option             | openrouter         | openai             | ark                                            | minimax         | myrouter                                       | token360
            n                  | n                  | n                  | =                                              | n               | =                                              | n
            size               | size               | size               | size                                           | size            | size                                           | size
            aspect_ratio       | aspect_ratio       | size               | size                                           | aspect_ratio    | size                                           | ratio
            resolution         | resolution         | size               | size                                           | area            | size                                           | size
            quality            | quality            | quality            | -                                              | -               | -                                              | quality
            output_format      | output_format      | output_format      | output_format                                  | output_format   | -                                              | -
            output_compression | output_compression | output_compression | -                                              | -               | -                                              | -
            background         | background         | background         | -                                              | -               | -                                              | -
            seed               | seed               | -                  | seed                                           | -               | -                                              | seed
            references         | input_references   | images             | image                                          | images          | image                                          | reference_images
            mask               | -                  | mask               | -                                              | -               | -                                              | -
            stream             | stream             | stream             | stream                                         | stream          | =                                              | =
            partial_images     | -                  | partial_images     | -                                              | -               | -                                              | -
            response_format    | =                  | =                  | response_format                                | response_format | -                                              | response_format
            watermark          | -                  | -                  | watermark                                      | -               | watermark                                      | watermark
            sequential_images  | -                  | -                  | sequential_image_generation_options/max_images | -               | sequential_image_generation_options/max_images | sequential_image_generation
            optimize_prompt    | -                  | -                  | optimize_prompt_options/mode                   | -               | optimize_prompt_options/mode                   | -
            provider           | provider           | -                  | -                                              | -               | -                                              | -
            user               | user               | user               | -                                              | -               | -                                              | -
            session_id         | session_id         | -                  | -                                              | -               | -                                              | -
            trace              | trace              | -                  | -                                              | -               | -                                              | -
            """;

    private static final Map<String, Dialect> DIALECTS = new LinkedHashMap<>();

    static {
        for (Dialect dialect : List.of(
                new OpenRouterDialect(),
                new OpenAiDialect(),
                new ArkDialect(),
                new MiniMaxDialect(),
                new MyRouterDialect(),
                new Token360Dialect())) {
            DIALECTS.put(dialect.name(), dialect);
        }
    }

    private static List<List<String>> rows() {
        return TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
    }

    /** A request in which the option has a meaning that every gateway could have a field for. */
    private static ImageRequest with(ImageOption option) {
        var plain = ImageRequest.of("author/model", "a lighthouse");
        var reference = ImageReference.url(URI.create("https://example.com/a.png"));
        return switch (option) {
            case N -> plain.n(1);
            case SIZE -> plain.size(Size.pixels(1536, 1024));
            case ASPECT_RATIO -> plain.aspectRatio(AspectRatio.LANDSCAPE_3_2);
            case RESOLUTION -> plain.aspectRatio(AspectRatio.LANDSCAPE_3_2).resolution(Resolution.of("1.5K"));
            case QUALITY -> plain.quality(Quality.HIGH);
            case OUTPUT_FORMAT -> plain.outputFormat(OutputFormat.PNG);
            case OUTPUT_COMPRESSION -> plain.outputCompression(50);
            case BACKGROUND -> plain.background(Background.OPAQUE);
            case SEED -> plain.seed(7);
            case REFERENCES -> plain.references(reference);
            case MASK -> plain.references(reference).mask(reference);
            case STREAM -> plain.stream(true);
            case PARTIAL_IMAGES -> plain.stream(true).partialImages(2);
            case RESPONSE_FORMAT -> plain.responseFormat(ResponseFormat.BASE64);
            case WATERMARK -> plain.watermark(false);
            case SEQUENTIAL_IMAGES -> plain.sequentialImages(3);
            case OPTIMIZE_PROMPT -> plain.optimizePrompt("fast");
            case PROVIDER -> plain.provider(ProviderRouting.any().only("openai"));
            case USER -> plain.user("u-1");
            case SESSION_ID -> plain.sessionId("s-1");
            case TRACE -> plain.trace(Map.of("trace_id", "t-1"));
        };
    }

    @Test
    void theTableKnowsEveryOptionAndEveryDialect() {
        assertThat(rows().stream().skip(1).map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ImageOption.values())
                        .map(ImageOption::toString)
                        .toList());
        assertThat(rows().get(0))
                .containsExactlyElementsOf(Stream.concat(Stream.of("option"), DIALECTS.keySet().stream())
                        .toList());
    }

    @TestFactory
    List<DynamicTest> everyOptionGoesOutUnderItsFieldOrIsRefusedByItsName() {
        var tests = new ArrayList<DynamicTest>();
        var names = rows().get(0);
        for (List<String> row : rows().subList(1, rows().size())) {
            var option = Stream.of(ImageOption.values())
                    .filter(each -> each.toString().equals(row.get(0)))
                    .findFirst()
                    .orElseThrow();
            for (int i = 1; i < row.size(); i++) {
                var dialect = DIALECTS.get(names.get(i));
                var field = row.get(i);
                tests.add(DynamicTest.dynamicTest(
                        option + " at " + dialect.name() + ": " + field, () -> check(dialect, option, field)));
            }
        }
        return tests;
    }

    /** Where the model is the path it has to be one, and pictures are larger. */
    private static ImageRequest with(Dialect dialect, ImageOption option) {
        if (dialect instanceof Token360Dialect && option == ImageOption.SEQUENTIAL_IMAGES) {
            return with(option).sequentialImages(15);
        }
        if (!(dialect instanceof MyRouterDialect)) {
            return with(option);
        }
        var request = with(option).model("seedream-4.5");
        return switch (option) {
            case SIZE -> request.size(Size.pixels(2048, 2048));
            case RESOLUTION -> request.resolution(Resolution.K4);
            default -> request;
        };
    }

    private static void check(Dialect dialect, ImageOption option, String field) {
        var request = with(dialect, option);
        if (field.equals(REFUSED)) {
            assertThat(dialect.unsupported(request)).containsKey(option);
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> dialect.generate(request))
                    .withMessageContaining(
                            option + " is not taken by " + dialect.name() + " for model " + request.model() + ": ");
            return;
        }
        assertThat(dialect.unsupported(request)).isEmpty();
        var json = Bodies.json(dialect.generate(request));
        var without = Bodies.json(dialect.generate(request.without(option)));
        if (field.equals(UNSAID)) {
            assertThat(json).isEqualTo(without);
            return;
        }
        assertThat(at(json, field)).as("is sent").isNotEqualTo(at(without, field));
        assertThat(at(json, field).isMissingNode()).isFalse();
    }

    private static JsonNode at(JsonNode json, String field) {
        return json.at("/" + field);
    }
}
