package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.Gateways;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Ark;
import dev.darkroom.gateway.Azure;
import dev.darkroom.gateway.ChatCompletions;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.gateway.Gemini;
import dev.darkroom.gateway.MiniMax;
import dev.darkroom.gateway.MyRouter;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.gateway.Responses;
import dev.darkroom.gateway.Token360;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.Quality;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.azure.AzureDialect;
import dev.darkroom.internal.gateway.chat.ChatDialect;
import dev.darkroom.internal.gateway.dashscope.DashScopeDialect;
import dev.darkroom.internal.gateway.gemini.GeminiDialect;
import dev.darkroom.internal.gateway.minimax.MiniMaxDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.responses.ResponsesDialect;
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
            option                   | openrouter         | openai               | azure              | ark                                            | minimax         | myrouter                                       | token360                    | gemini                                          | chat-completions          | openai-responses                     | dashscope
            n                        | n                  | n                    | n                  | =                                              | n               | =                                              | n                           | =                                               | =                         | -                                    | =
            size                     | size               | size                 | size               | size                                           | size            | size                                           | size                        | -                                               | -                         | tools/0/size                         | parameters/size
            aspect_ratio             | aspect_ratio       | size                 | size               | size                                           | aspect_ratio    | size                                           | ratio                       | generationConfig/imageConfig/aspectRatio        | image_config/aspect_ratio | tools/0/size                         | parameters/size
            resolution               | resolution         | size                 | size               | size                                           | area            | size                                           | size                        | generationConfig/imageConfig/imageSize          | image_config/image_size   | tools/0/size                         | parameters/size
            quality                  | quality            | quality              | quality            | -                                              | -               | -                                              | quality                     | -                                               | -                         | tools/0/quality                      | -
            output_format            | output_format      | output_format        | output_format      | output_format                                  | output_format   | -                                              | -                           | -                                               | -                         | tools/0/output_format                | -
            output_compression       | output_compression | output_compression   | output_compression | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/output_compression           | -
            background               | background         | background           | background         | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/background                   | -
            seed                     | seed               | -                    | -                  | seed                                           | -               | -                                              | seed                        | generationConfig/seed                           | seed                      | -                                    | parameters/seed
            references               | input_references   | images               | image              | image                                          | images          | image                                          | reference_images            | contents/0/parts/0/fileData                     | messages/0/content        | input/0/content/1/image_url          | input/messages/0/content/0/image
            mask                     | -                  | mask                 | mask               | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/input_image_mask/image_url   | -
            stream                   | stream             | stream               | stream             | stream                                         | stream          | =                                              | =                           | =                                               | stream                    | stream                               | =
            partial_images           | -                  | partial_images       | partial_images     | -                                              | -               | -                                              | -                           | generationConfig/thinkingConfig/includeThoughts | -                         | tools/0/partial_images               | -
            response_format          | =                  | =                    | =                  | response_format                                | response_format | -                                              | response_format             | -                                               | -                         | -                                    | -
            watermark                | -                  | -                    | -                  | watermark                                      | -               | watermark                                      | watermark                   | -                                               | -                         | -                                    | parameters/watermark
            sequential_images        | -                  | -                    | -                  | sequential_image_generation_options/max_images | -               | sequential_image_generation_options/max_images | sequential_image_generation | -                                               | -                         | -                                    | -
            optimize_prompt          | -                  | -                    | -                  | optimize_prompt_options/mode                   | -               | optimize_prompt_options/mode                   | -                           | -                                               | -                         | -                                    | -
            provider                 | provider           | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | provider                  | -                                    | -
            user                     | user               | user                 | user               | -                                              | -               | -                                              | -                           | -                                               | user                      | safety_identifier                    | -
            session_id               | session_id         | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | -                                    | -
            trace                    | trace              | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | -                                    | -
            complexity               | -                  | complexity           | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/complexity                   | -
            moderation               | -                  | moderation           | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/moderation                   | -
            safety_identifier        | -                  | safety_identifier    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | safety_identifier                    | -
            input_fidelity           | -                  | input_fidelity       | input_fidelity     | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/input_fidelity               | -
            frame_count              | -                  | frame_count          | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/frame_count                  | -
            frame_duration_ms        | -                  | frame_duration_ms    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/frame_duration_ms            | -
            svg_model                | -                  | svg/model            | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/svg/model                    | -
            svg_effort               | -                  | svg/reasoning/effort | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/svg/reasoning/effort         | -
            markup                   | -                  | markup               | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | -                                    | -
            optimize_prompt_thinking | -                  | -                    | -                  | optimize_prompt_options/thinking               | -               | -                                              | -                           | -                                               | -                         | -                                    | -
            guidance_scale           | -                  | -                    | -                  | guidance_scale                                 | -               | -                                              | -                           | -                                               | -                         | -                                    | -
            tools                    | -                  | -                    | -                  | tools                                          | -               | -                                              | -                           | -                                               | -                         | -                                    | -
            text                     | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | generationConfig/responseModalities             | modalities                | -                                    | -
            thinking_level           | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | generationConfig/thinkingConfig/thinkingLevel   | -                         | -                                    | -
            image_config             | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | image_config/strength     | -                                    | -
            image_model              | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/model                        | -
            action                   | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | tools/0/action                       | -
            previous_response_id     | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | previous_response_id                 | -
            in_background            | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | background                           | -
            completion_window        | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | background_options/completion_window | -
            async                    | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | -                                    | =
            negative_prompt          | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | -                                    | parameters/negative_prompt
            prompt_extend            | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | -                                    | parameters/prompt_extend
            thinking_mode            | -                  | -                    | -                  | -                                              | -               | -                                              | -                           | -                                               | -                         | -                                    | parameters/thinking_mode
            """;

    private static final Map<String, Dialect> DIALECTS = new LinkedHashMap<>();

    static {
        for (Dialect dialect : List.of(
                new OpenRouterDialect(),
                new OpenAiDialect(),
                new AzureDialect().at(URI.create("https://resource.openai.azure.com/openai/v1")),
                new ArkDialect(),
                new MiniMaxDialect(),
                new MyRouterDialect(),
                new Token360Dialect(),
                new GeminiDialect(),
                new ChatDialect(),
                new ResponsesDialect(),
                new DashScopeDialect())) {
            DIALECTS.put(dialect.name(), dialect);
        }
    }

    private static List<List<String>> rows() {
        return TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
    }

    private static final ImageRequest PLAIN = ImageRequest.of("author/model", "a lighthouse");
    private static final ImageReference REFERENCE = ImageReference.url(URI.create("https://example.com/a.png"));

    /** Not with a URL of its own, which some do not take. */
    private static final ImageReference FILE =
            ImageReference.bytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});

    /** By option, a request in which it has a meaning that every gateway could have a field for. */
    private static final Map<ImageOption<?>, ImageRequest> REQUESTS = new LinkedHashMap<>();

    static {
        REQUESTS.put(ImageOption.N, PLAIN.n(1));
        REQUESTS.put(ImageOption.SIZE, PLAIN.size(Size.pixels(1536, 1024)));
        REQUESTS.put(ImageOption.ASPECT_RATIO, PLAIN.aspectRatio(AspectRatio.LANDSCAPE_3_2));
        REQUESTS.put(
                ImageOption.RESOLUTION,
                PLAIN.aspectRatio(AspectRatio.LANDSCAPE_3_2).resolution(Resolution.of("1.5K")));
        REQUESTS.put(ImageOption.QUALITY, PLAIN.quality(Quality.HIGH));
        REQUESTS.put(ImageOption.OUTPUT_FORMAT, PLAIN.outputFormat(OutputFormat.PNG));
        REQUESTS.put(ImageOption.OUTPUT_COMPRESSION, PLAIN.outputCompression(50));
        REQUESTS.put(ImageOption.BACKGROUND, PLAIN.background(Background.OPAQUE));
        REQUESTS.put(ImageOption.SEED, PLAIN.seed(7));
        REQUESTS.put(ImageOption.REFERENCES, PLAIN.references(REFERENCE));
        REQUESTS.put(ImageOption.MASK, PLAIN.references(REFERENCE).mask(REFERENCE));
        REQUESTS.put(ImageOption.STREAM, PLAIN.stream(true));
        REQUESTS.put(ImageOption.PARTIAL_IMAGES, PLAIN.stream(true).partialImages(2));
        REQUESTS.put(Ark.RESPONSE_FORMAT, PLAIN.with(Ark.RESPONSE_FORMAT, ResponseFormat.BASE64));
        REQUESTS.put(Ark.WATERMARK, PLAIN.with(Ark.WATERMARK, false));
        REQUESTS.put(Ark.SEQUENTIAL_IMAGES, PLAIN.with(Ark.SEQUENTIAL_IMAGES, 3));
        REQUESTS.put(Ark.OPTIMIZE_PROMPT, PLAIN.with(Ark.OPTIMIZE_PROMPT, "fast"));
        REQUESTS.put(
                OpenRouter.ROUTING,
                PLAIN.with(OpenRouter.ROUTING, ProviderRouting.any().only("openai")));
        REQUESTS.put(ImageOption.USER, PLAIN.user("u-1"));
        REQUESTS.put(OpenRouter.SESSION_ID, PLAIN.with(OpenRouter.SESSION_ID, "s-1"));
        REQUESTS.put(OpenRouter.TRACE, PLAIN.with(OpenRouter.TRACE, Map.of("trace_id", "t-1")));
        REQUESTS.put(OpenAi.COMPLEXITY, PLAIN.with(OpenAi.COMPLEXITY, "low"));
        REQUESTS.put(OpenAi.MODERATION, PLAIN.with(OpenAi.MODERATION, "low"));
        REQUESTS.put(OpenAi.SAFETY_IDENTIFIER, PLAIN.with(OpenAi.SAFETY_IDENTIFIER, "u-1"));
        REQUESTS.put(OpenAi.INPUT_FIDELITY, PLAIN.references(REFERENCE).with(OpenAi.INPUT_FIDELITY, "high"));
        var gif = PLAIN.outputFormat(OutputFormat.GIF);
        REQUESTS.put(OpenAi.FRAME_COUNT, gif.with(OpenAi.FRAME_COUNT, 16));
        REQUESTS.put(OpenAi.FRAME_DURATION_MS, gif.with(OpenAi.FRAME_DURATION_MS, 100));
        var svg = PLAIN.outputFormat(OutputFormat.SVG);
        REQUESTS.put(OpenAi.SVG_MODEL, svg.with(OpenAi.SVG_MODEL, "author-1"));
        REQUESTS.put(OpenAi.SVG_EFFORT, svg.with(OpenAi.SVG_EFFORT, "max"));
        REQUESTS.put(OpenAi.MARKUP, PLAIN.references(FILE).with(OpenAi.MARKUP, FILE));
        REQUESTS.put(Ark.OPTIMIZE_PROMPT_THINKING, PLAIN.with(Ark.OPTIMIZE_PROMPT_THINKING, "disabled"));
        REQUESTS.put(Ark.GUIDANCE_SCALE, PLAIN.with(Ark.GUIDANCE_SCALE, 2.5));
        REQUESTS.put(Ark.TOOLS, PLAIN.with(Ark.TOOLS, List.of("web_search")));
        REQUESTS.put(Gemini.TEXT, PLAIN.with(Gemini.TEXT, false));
        REQUESTS.put(Gemini.THINKING_LEVEL, PLAIN.with(Gemini.THINKING_LEVEL, "high"));
        REQUESTS.put(ChatCompletions.IMAGE_CONFIG, PLAIN.with(ChatCompletions.IMAGE_CONFIG, Map.of("strength", 0.5)));
        REQUESTS.put(Responses.IMAGE_MODEL, PLAIN.with(Responses.IMAGE_MODEL, "gpt-image-2"));
        REQUESTS.put(Responses.ACTION, PLAIN.with(Responses.ACTION, "edit"));
        REQUESTS.put(Responses.PREVIOUS_RESPONSE_ID, PLAIN.with(Responses.PREVIOUS_RESPONSE_ID, "resp_1"));
        var background = PLAIN.with(Responses.IN_BACKGROUND, true);
        REQUESTS.put(Responses.IN_BACKGROUND, background);
        REQUESTS.put(Responses.COMPLETION_WINDOW, background.with(Responses.COMPLETION_WINDOW, "2h"));
        REQUESTS.put(DashScope.ASYNC, PLAIN.with(DashScope.ASYNC, true));
        REQUESTS.put(DashScope.NEGATIVE_PROMPT, PLAIN.with(DashScope.NEGATIVE_PROMPT, "fog"));
        REQUESTS.put(DashScope.PROMPT_EXTEND, PLAIN.with(DashScope.PROMPT_EXTEND, false));
        REQUESTS.put(DashScope.THINKING_MODE, PLAIN.with(DashScope.THINKING_MODE, true));
    }

    @Test
    void theTableKnowsEveryOptionAndEveryDialect() {
        assertThat(rows().stream().skip(1).map(row -> row.get(0)))
                .containsExactlyElementsOf(
                        REQUESTS.keySet().stream().map(ImageOption::name).toList());
        assertThat(REQUESTS.keySet()).containsAll(ImageOption.common());
        assertThat(rows().get(0))
                .containsExactlyElementsOf(Stream.concat(Stream.of("option"), DIALECTS.keySet().stream())
                        .toList());
    }

    @Test
    void theListOfGatewaysSaysOfEachWhatTheTableSays() {
        for (GatewayProvider provider : Gateways.all()) {
            var column = rows().get(0).indexOf(provider.dialect().name());
            var taken = rows().stream()
                    .skip(1)
                    .filter(row ->
                            !row.get(column).equals(REFUSED) && !row.get(0).equals("stream"))
                    .map(row -> row.get(0))
                    .toList();
            assertThat(provider.options().stream().map(ImageOption::name))
                    .as(provider.name())
                    .containsExactlyInAnyOrderElementsOf(provider.name().equals(Token360.NATIVE) ? List.of() : taken);
        }
    }

    @Test
    void anOptionOfSeveralGatewaysIsOneWhoseverNameItIsCalledBy() {
        assertThat(MyRouter.WATERMARK).isEqualTo(Ark.WATERMARK).isEqualTo(Token360.WATERMARK);
        assertThat(MyRouter.SEQUENTIAL_IMAGES).isEqualTo(Ark.SEQUENTIAL_IMAGES).isEqualTo(Token360.SEQUENTIAL_IMAGES);
        assertThat(MyRouter.OPTIMIZE_PROMPT).isEqualTo(Ark.OPTIMIZE_PROMPT);
        assertThat(ChatCompletions.TEXT).isEqualTo(Gemini.TEXT);
        assertThat(ChatCompletions.ROUTING).isEqualTo(OpenRouter.ROUTING);
        assertThat(List.of(
                        OpenRouter.RESPONSE_FORMAT,
                        OpenAi.RESPONSE_FORMAT,
                        Azure.RESPONSE_FORMAT,
                        MiniMax.RESPONSE_FORMAT,
                        Token360.RESPONSE_FORMAT))
                .containsOnly(Ark.RESPONSE_FORMAT);
    }

    @TestFactory
    List<DynamicTest> everyOptionGoesOutUnderItsFieldOrIsRefusedByItsName() {
        var tests = new ArrayList<DynamicTest>();
        var names = rows().get(0);
        for (List<String> row : rows().subList(1, rows().size())) {
            var option = REQUESTS.keySet().stream()
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
    private static ImageRequest with(Dialect dialect, ImageOption<?> option) {
        var request = REQUESTS.get(option);
        if (dialect instanceof Token360Dialect && option.equals(Token360.SEQUENTIAL_IMAGES)) {
            return request.with(Token360.SEQUENTIAL_IMAGES, 15);
        }
        if (dialect instanceof AzureDialect && !request.references().isEmpty()) { // which go as files
            var files = request.references(FILE);
            return request.mask() == null ? files : files.mask(FILE);
        }
        if (!(dialect instanceof MyRouterDialect)) {
            return request;
        }
        request = request.model("seedream-4.5");
        if (option.equals(ImageOption.SIZE)) {
            return request.size(Size.pixels(2048, 2048));
        }
        return option.equals(ImageOption.RESOLUTION) ? request.resolution(Resolution.K4) : request;
    }

    private static void check(Dialect dialect, ImageOption<?> option, String field) {
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
        var json = Bodies.fields(dialect.generate(request));
        var without = Bodies.fields(dialect.generate(request.without(option)));
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
