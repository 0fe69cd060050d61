package dev.darkroom.internal.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import dev.darkroom.internal.gateway.common.Payloads;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What the image tool of the Responses API says, and how it is asked. */
class ResponsesDialectTest extends DialectContract {

    private static final String CREATED =
            "{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"object\":\"response\","
                    + "\"created_at\":1790983963,\"status\":\"in_progress\",\"background\":true,\"output\":[]}}";

    @Override
    protected Dialect dialect() {
        return new ResponsesDialect();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("gpt-5", "a lighthouse");
    }

    @Override
    protected ImageRequest request(int images) {
        return request();
    }

    private static String event(String data) {
        return "event: " + JsonMapper.shared().readTree(data).path("type").asString() + "\ndata: " + data + "\n\n";
    }

    private static String item(int image, String more) {
        return "{\"id\":\"ig_" + image + "\",\"type\":\"image_generation_call\"" + more + "}";
    }

    private static String image(int image) {
        return item(image, ",\"status\":\"completed\",\"result\":\"" + BASE64 + "\",\"revised_prompt\":\"dusk\"");
    }

    private static String about(String type, int image, String more) {
        return event("{\"type\":\"response." + type + "\",\"sequence_number\":" + (image * 10 + 1)
                + ",\"output_index\":" + image + ",\"item_id\":\"ig_" + image + "\"" + more + "}");
    }

    private static String preview(int image, int number) {
        return about(
                "image_generation_call.partial_image",
                image,
                ",\"partial_image_index\":" + number + ",\"partial_image_b64\":\"" + BASE64 + "\"");
    }

    private static String done(int image) {
        return about("output_item.done", image, ",\"item\":" + image(image));
    }

    private static String whole(String status, String more, String... items) {
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1790983963,\"status\":\"" + status + "\""
                + more
                + ",\"output\":[" + String.join(",", items) + "],\"usage\":{\"input_tokens\":3,\"output_tokens\":4,"
                + "\"total_tokens\":7}}";
    }

    private static String ended(String status, String more, String... items) {
        return event("{\"type\":\"response." + status + "\",\"sequence_number\":99,\"response\":"
                + whole(status, more, items) + "}");
    }

    @Override
    protected List<String> stream(int images) {
        var events = new ArrayList<String>();
        for (int i = 0; i < images; i++) {
            events.add((i == 0 ? event(CREATED) : "")
                    + about("output_item.added", i, ",\"item\":" + item(i, ""))
                    + preview(i, 0));
            events.add(done(i));
        }
        events.add(ended(
                "completed",
                "",
                IntStream.range(0, images).mapToObj(ResponsesDialectTest::image).toArray(String[]::new)));
        return events;
    }

    @Override
    protected String document(String... items) {
        var calls = List.of(items).stream()
                .map(item -> "{\"type\":\"image_generation_call\"," + item.substring(1))
                .collect(Collectors.joining(","));
        return whole("completed", "", calls);
    }

    @Override
    protected String linkItem(String url) {
        return "{\"result\":\"" + url + "\"}";
    }

    @Override
    protected String failedItem(String code, String message) {
        return "{\"status\":\"failed\",\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    private Reading background() {
        return dialect().reading(request().with(Responses.IN_BACKGROUND, true), reply(200, Map.of()));
    }

    @Test
    void aPreviewTheImageAndTheResponseAreThreeEventsWithTheirNumbersUsageAndId() {
        var events = readAll(reading(1), String.join("", stream(1)));
        assertThat(events).hasSize(3);
        assertThat((ImageEvent.Partial) events.get(0))
                .satisfies(partial -> assertThat(partial.imageIndex()).isZero());
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.generationId()).isEqualTo("resp_1");
        assertThat(result.usage().totalTokens()).isEqualTo(7);
        assertThat(result.created()).isNotNull();
        assertThat(result.first().revisedPrompt()).isEqualTo("dusk");
    }

    @Test
    void anImageThatOnlyTheCompletedResponseHoldsIsAnnouncedAndKept() {
        var events = readAll(reading(1), event(CREATED) + ended("completed", "", image(0)));
        assertThat(events).hasSize(2).first().isInstanceOf(ImageEvent.ImageReady.class);
    }

    @Test
    void whatTheModelSaysBesideThePictureIsTextWithAPhaseOfItsOwn() {
        var events = readAll(
                reading(1),
                event("{\"type\":\"response.output_text.delta\",\"delta\":\"Here\"}") + String.join("", stream(1)));
        assertThat(events.get(0)).isEqualTo(new ImageEvent.TextChunk(ImageEvent.TextChunk.MESSAGE, "Here"));
        assertThat(((ImageEvent.Completed) events.get(events.size() - 1))
                        .result()
                        .text())
                .isEqualTo("Here");
    }

    @Test
    void whatItSaysInsteadOfOneIsInTheFailure() {
        var message = "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"No picture today\"}]}";
        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(whole("completed", "", message))))
                .satisfies(e -> assertThat(e.providerMessage()).isEqualTo("No picture today"));
    }

    @Test
    void aRefusalAndAFilterAreModeration() {
        var refusal = "{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"I will not\"}]}";
        var filtered = ",\"incomplete_details\":{\"reason\":\"content_filter\"}";
        for (String document : List.of(whole("completed", "", refusal), whole("incomplete", filtered))) {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> reading(1).read(Payloads.document(document)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.MODERATION));
        }
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> readAll(
                        reading(1),
                        event("{\"type\":\"response.refusal.delta\",\"delta\":\"I will not\"}")
                                + ended("completed", "")))
                .satisfies(e -> assertThat(e.providerMessage()).isEqualTo("I will not"));
    }

    @Test
    void aResponseThatFailsOrIsCalledOffIsAFailedGenerationWithItsIdAndCode() {
        var error = ",\"error\":{\"code\":\"server_error\",\"message\":\"oops\"}";
        for (String end : List.of(
                ended("failed", error),
                ended("incomplete", ",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}"),
                ended("cancelled", ""))) {
            assertThatExceptionOfType(GenerationFailedException.class)
                    .isThrownBy(() -> readAll(reading(1), event(CREATED) + preview(0, 0) + end))
                    .satisfies(e -> assertThat(e.details().generationId()).isEqualTo("resp_1"))
                    .satisfies(e -> assertThat(e.partialResult().lastPartial()).isNotNull())
                    .satisfies(
                            e -> assertThat(e.details().code()).isIn("server_error", "max_output_tokens", "cancelled"));
        }
    }

    @Test
    void anImageThatCameIsDeliveredWhateverTheEndSays() {
        var error = ",\"error\":{\"code\":\"server_error\",\"message\":\"oops\"}";
        var events = readAll(reading(1), event(CREATED) + done(0) + ended("failed", error, image(0)));
        assertThat(events).hasSize(2).last().isInstanceOf(ImageEvent.Completed.class);
    }

    @Test
    void anItemThatFailedSaysWhyInItsOwnWords() {
        var failed = item(
                0,
                ",\"status\":\"failed\",\"error\":{\"code\":\"moderation_blocked\",\"message\":\"no\","
                        + "\"moderation_details\":{\"categories\":[\"violence\"],\"moderation_stage\":\"output\"}}");
        var events = readAll(
                reading(1),
                event(CREATED)
                        + about("output_item.done", 0, ",\"item\":" + failed)
                        + done(1)
                        + ended("completed", "", failed, image(1)));
        assertThat(events).hasSize(3);
        var result = ((ImageEvent.Completed) events.get(2)).result();
        assertThat(result.failures()).containsExactly(new ImageFailure(0, "moderation_blocked", "no"));
        assertThat(result.images()).hasSize(1);
    }

    @Test
    void whereEveryImageFailedTheResponseFailsAndSaysWhetherAnythingWasBegun() {
        var failed = item(
                0,
                ",\"status\":\"failed\",\"error\":{\"code\":\"moderation_blocked\",\"message\":\"no\","
                        + "\"moderation_details\":{\"moderation_stage\":\"STAGE\"}}");
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        reading(1).read(Payloads.document(whole("completed", "", failed.replace("STAGE", "input")))))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.MODERATION));
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(() ->
                        reading(1).read(Payloads.document(whole("completed", "", failed.replace("STAGE", "output")))))
                .satisfies(e -> assertThat(e.details().code()).isEqualTo("moderation_blocked"));
    }

    @Test
    void aFlatErrorEventIsAFailureToo() {
        assertThatExceptionOfType(GenerationFailedException.class)
                .isThrownBy(
                        () -> readAll(
                                reading(1),
                                event(CREATED)
                                        + preview(0, 0)
                                        + event(
                                                "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"oops\",\"param\":null}")))
                .satisfies(e -> assertThat(e.details().code()).isEqualTo("server_error"));
    }

    @Test
    void onlyABackgroundResponseHasAHandleAndOnlyOnceItIsNamed() {
        var plain = reading(1);
        readAll(plain, event(CREATED) + preview(0, 0));
        assertThat(plain.handle()).isEmpty();
        var reading = background();
        assertThat(reading.handle()).isEmpty();
        readAll(reading, event(CREATED));
        assertThat(reading.handle().orElseThrow().ask().path())
                .isEqualTo("/responses/resp_1?stream=true&starting_after=0");
        readAll(reading, preview(0, 0));
        var handle = reading.handle().orElseThrow();
        assertThat(handle.id()).isEqualTo("resp_1");
        assertThat(handle.ask().path()).isEqualTo("/responses/resp_1?stream=true&starting_after=1");
        assertThat(handle.otherwise().orElseThrow().ask().path()).isEqualTo("/responses/resp_1");
        assertThat(handle.cancel().orElseThrow())
                .satisfies(call -> assertThat(call.method()).isEqualTo("POST"))
                .satisfies(call -> assertThat(call.path()).isEqualTo("/responses/resp_1/cancel"));
        readAll(reading, done(0) + ended("completed", "", image(0)));
        assertThat(reading.handle()).isEmpty();
    }

    @Test
    void aRoutersOwnRecordIsTheIdOfAResultAndOfAFailure() {
        var head = reply(200, Map.of("x-generation-id", "gen-1"));
        var whole = dialect().reading(request(), head);
        var result = ((ImageEvent.Completed)
                        readAll(whole, ended("completed", "", image(0))).get(1))
                .result();
        assertThat(result.generationId()).isEqualTo("gen-1");
        var cut = dialect().reading(request(), head);
        readAll(cut, event(CREATED));
        assertThat(cut.end().details().generationId()).isEqualTo("gen-1");
    }

    @Test
    void aResponseThatEndedWithItsConnectionIsAdvisedToGoOnInTheBackground() {
        var cut = (OutcomeUnknownException) reading(1).end();
        assertThat(dialect().advice(request(), cut).orElseThrow()).contains("in_background");
        assertThat(dialect().advice(request().with(Responses.IN_BACKGROUND, true), cut))
                .isEmpty();
        assertThat(dialect().at(URI.create("https://openrouter.ai/api/v1")).advice(request(), cut))
                .isEmpty();
    }

    @Test
    void whoSaysThatNothingIsMadeInTheBackgroundIsBelieved() {
        var reading = background();
        readAll(reading, event(CREATED.replace("\"background\":true", "\"background\":false")));
        assertThat(reading.handle()).isEmpty();
    }

    @Test
    void anIdThatCouldLeadElsewhereIsNoHandle() {
        for (String id : List.of("../files", "a/b", "a?b", "..", "a%2fb", "a b")) {
            var reading = background();
            readAll(reading, event(CREATED.replace("resp_1", id)));
            assertThat(reading.handle()).as(id).isEmpty();
        }
    }

    @Test
    void whatIsAskedForGoesOnWhereItEndedAndTellsNothingTwice() {
        var first = background();
        readAll(first, event(CREATED) + preview(0, 0) + done(0) + preview(1, 0));
        var handle = first.handle().orElseThrow();
        readAll(first, done(1)); // what it reads afterwards is not asked on from
        var rest = readAll(handle.reading(reply(200, Map.of())), done(1) + ended("completed", "", image(0), image(1)));
        assertThat(rest)
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(
                        ImageEvent.ImageReady.class,
                        ready -> assertThat(ready.image().index()).isEqualTo(1));
        assertThat(((ImageEvent.Completed) rest.get(1)).result().images()).hasSize(2);

        var whole = handle.otherwise().orElseThrow().reading(reply(200, Map.of()));
        assertThat(whole.read(Payloads.document(whole("in_progress", "")))).isEmpty();
        assertThat(whole.handle().orElseThrow().ask().path()).isEqualTo("/responses/resp_1");
        assertThat(whole.read(Payloads.document(whole("completed", "", image(0), image(1)))))
                .as("the image that was not told, and the end")
                .hasSize(2);
    }

    @Test
    void aResponseThatIsStillMadeIsAskedForAgainAfterAWhile() {
        for (String status : List.of("queued", "in_progress")) {
            var reading = background();
            assertThat(reading.read(Payloads.document(whole(status, "")))).isEmpty();
            var handle = reading.handle().orElseThrow();
            assertThat(handle.ask().path()).isEqualTo("/responses/resp_1");
            assertThat(handle.pause()).isPositive();
        }
    }

    @Test
    void theModelIsMadeToCallTheToolOnceAndReferencesAreParts() {
        var stored = ImageReference.stored("file-1");
        var png = ImageReference.bytes(PNG);
        var body = JsonMapper.shared()
                .readTree(Bodies.wire(
                        dialect().generate(request().references(png, stored).mask(stored))));
        assertThat(body.at("/tool_choice/type").asString()).isEqualTo("image_generation");
        assertThat(body.at("/input/0/content/0/text").asString()).isEqualTo("a lighthouse");
        assertThat(body.at("/input/0/content/1/image_url").asString()).isEqualTo("data:image/png;base64," + BASE64);
        assertThat(body.at("/input/0/content/2/file_id").asString()).isEqualTo("file-1");
        assertThat(body.at("/tools/0/input_image_mask/file_id").asString()).isEqualTo("file-1");
        var free = dialect().generate(request().extra("tool_choice", "auto"));
        assertThat(JsonMapper.shared()
                        .readTree(Bodies.wire(free))
                        .path("tool_choice")
                        .asString())
                .isEqualTo("auto");
    }

    @Test
    void whatExcludesWhatIsRefusedBeforeItIsSent() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect()
                        .generate(request().stream(true)
                                .with(Responses.COMPLETION_WINDOW, "8h")
                                .partialImages(4)))
                .withMessageContaining("in_background")
                .withMessageContaining("completion_window 8h is not taken with stream(true)")
                .withMessageContaining("partial_images must be 0 to 3, not 4");
    }

    @Test
    void whatAFormatExcludesIsSaidInOneMessage() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dialect()
                        .generate(request().stream(true)
                                .partialImages(1)
                                .outputCompression(50)
                                .mask(ImageReference.bytes(PNG))
                                .outputFormat(OutputFormat.GIF)
                                .with(Responses.FRAME_COUNT, 17)
                                .with(Responses.SVG_MODEL, "m")))
                .withMessageContainingAll(
                        "partial_images is not taken",
                        "output_compression is not taken",
                        "mask is not taken",
                        "svg_model is not taken",
                        "frame_count must be 2 to 16, not 17");
    }

    @Test
    void whatTheAuthorOfAnSvgUsedIsAddedUpFromItsItems() {
        var used = ",\"status\":\"completed\",\"result\":\"" + BASE64
                + "\",\"svg_usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3,\"model\":\"m\"}";
        var result = result(1, whole("completed", "", item(0, used), item(1, used)));
        assertThat(result.svgUsage().totalTokens()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, /responses, Authorization",
        "https://relay.example/openai/v1, /responses, Authorization",
        "https://openrouter.ai/api/v1, /responses, Authorization",
        "https://r.openai.azure.com, /openai/v1/responses, api-key",
        "https://r.openai.azure.com/openai, /v1/responses, api-key",
        "https://r.openai.azure.com/openai/v1, /responses, api-key",
        "https://r.openai.azure.com/openai/v1?api-version=preview, /responses, api-key",
        "https://r.openai.azure.com?api-version=2025-04-01-preview, /openai/responses, api-key",
        "https://r.openai.azure.us/openai?api-version=2025-04-01-preview, /responses, api-key",
        "https://r.services.ai.azure.com/api/projects/p/openai/v1, /responses, api-key",
        "https://front.example/openai/v1?api-version=preview, /responses, api-key"
    })
    void theAddressSaysWhoSpeaksAndSoWhereAResponseIsMadeAndHowTheKeyTravels(
            String baseUrl, String path, String header) {
        var there = dialect().at(URI.create(baseUrl));
        assertThat(there.generate(request()).path()).isEqualTo(path);
        assertThat(there.credentials("k-1").getKey()).isEqualTo(header);
        there.begun()
                .ifPresent(begun ->
                        assertThat(begun.handle("resp_1").ask().path()).isEqualTo(path + "/resp_1?stream=true"));
        assertThat(there.begun().isPresent()).isEqualTo(!baseUrl.contains("openrouter"));
    }
}
