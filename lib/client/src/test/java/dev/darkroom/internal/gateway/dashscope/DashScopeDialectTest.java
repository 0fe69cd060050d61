package dev.darkroom.internal.gateway.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import dev.darkroom.internal.gateway.common.Payloads;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What DashScope says, at once and as a task, and how it is asked. */
class DashScopeDialectTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new DashScopeDialect();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("qwen-image-2.0-pro", "a lighthouse");
    }

    @Override
    protected List<String> stream(int images) {
        return List.of();
    }

    @Override
    protected String document(String... items) {
        return "{\"request_id\":\"r-1\",\"output\":{\"task_id\":\"t-1\",\"task_status\":\"SUCCEEDED\",\"results\":["
                + String.join(",", items) + "]},\"usage\":{\"image_count\":1}}";
    }

    @Override
    protected String failedItem(String code, String message) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }

    @Override
    protected String errorEvent() {
        return "event: error\ndata: {\"code\":\"InternalError\",\"message\":\"oops\",\"request_id\":\"r-1\"}\n\n";
    }

    @Override
    protected String errorDocument() {
        return "{\"code\":\"InternalError\",\"message\":\"oops\",\"request_id\":\"r-1\"}";
    }

    @Override
    protected String rateLimit() {
        return "{\"code\":\"Throttling.RateQuota\",\"message\":\"slow down\",\"request_id\":\"r-1\"}";
    }

    @Override
    protected int spentStatus() {
        return 400;
    }

    @Override
    protected String spent() {
        return "{\"code\":\"Arrearage\",\"message\":\"overdue\",\"request_id\":\"r-1\"}";
    }

    private static String task(String status, String more) {
        return "{\"request_id\":\"r-2\",\"output\":{\"task_id\":\"t-1\",\"task_status\":\"" + status + "\"" + more
                + "}}";
    }

    private Reading asked() {
        var reading = reading(1);
        reading.read(Payloads.document(task("PENDING", "")));
        return reading.handle().orElseThrow().reading(reply(200, Map.of()));
    }

    @Test
    void aCallIsAnsweredByTheImagesOfItsMessage() {
        var result = result(
                1,
                "{\"output\":{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":["
                        + "{\"text\":\"dusk\"},{\"image\":\"" + LINK + "\"},{\"image\":\"" + LINK
                        + "\",\"type\":\"image\"}]}}]},"
                        + "\"usage\":{\"width\":2048,\"height\":2048,\"image_count\":2},\"request_id\":\"r-1\"}");
        assertThat(result.images()).hasSize(2).extracting(GeneratedImage::index).containsExactly(0, 1);
        assertThat(result.first().url()).hasToString(LINK);
        assertThat(result.usage().images()).isEqualTo(2);
        assertThat(result.generationId()).isEqualTo("r-1");
    }

    @Test
    void aTaskIsAskedForUntilItSaysWhatBecameOfItWithGrowingPauses() {
        var reading = reading(1);
        assertThat(reading.read(Payloads.document(task("PENDING", "")))).isEmpty();
        var handle = reading.handle().orElseThrow();
        assertThat(handle.id()).isEqualTo("t-1");
        assertThat(handle.ask())
                .isEqualTo(new ApiCall("GET", "/tasks/t-1", Map.of("Accept", "application/json"), List.of()));
        assertThat(handle.cancel().orElseThrow().path()).isEqualTo("/tasks/t-1/cancel");
        var second = handle.reading(reply(200, Map.of()));
        assertThat(second.read(Payloads.document(task("RUNNING", "")))).isEmpty();
        assertThat(second.handle().orElseThrow().pause()).isGreaterThan(handle.pause());
        var third = second.handle().orElseThrow().reading(reply(200, Map.of()));
        var done = third.read(Payloads.document(task(
                "SUCCEEDED",
                ",\"results\":[{\"orig_prompt\":\"a\",\"actual_prompt\":\"a tall a\",\"url\":\"" + LINK + "\"},"
                        + "{\"code\":\"InternalError.Timeout\",\"message\":\"late\"}]")));
        var result = ((ImageEvent.Completed) done.get(0)).result();
        assertThat(result.generationId()).isEqualTo("t-1");
        assertThat(result.first().revisedPrompt()).isEqualTo("a tall a");
        assertThat(result.failures()).containsExactly(new ImageFailure(1, "InternalError.Timeout", "late"));
        assertThat(third.handle()).isEmpty();
    }

    @Test
    void aTaskThatFailedOrWasCancelledIsNotBilledAndNotAskedForAgain() {
        for (String end :
                List.of(task("FAILED", ",\"code\":\"InternalError\",\"message\":\"oops\""), task("CANCELED", ""))) {
            var reading = asked();
            assertThatExceptionOfType(GenerationFailedException.class)
                    .isThrownBy(() -> reading.read(Payloads.document(end)))
                    .satisfies(e -> assertThat(e.billed()).isEqualTo(Billed.NO))
                    .satisfies(e -> assertThat(e.details().generationId()).isEqualTo("t-1"));
            assertThat(reading.handle()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DataInspectionFailed", "InvalidParameter.DataInspection", "IPInfringementSuspect"})
    void whatIsFoundOffensiveIsModerationAtOnceAndInATask(String code) {
        var body = "{\"code\":\"" + code + "\",\"message\":\"no\",\"request_id\":\"r-1\"}";
        var inATask = task("FAILED", ",\"code\":\"" + code + "\",\"message\":\"no\"");
        var reading = asked();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> reading.read(Payloads.document(inATask)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.MODERATION));
        assertThat(failure(400, Map.of(), body))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.MODERATION));
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidApiKey, CREDENTIALS",
        "403, AllocationQuota.FreeTierOnly, CREDITS",
        "429, PrepaidBillOverdue, CREDITS",
        "403, AccessDenied, FORBIDDEN",
        "404, ModelNotFound, NOT_FOUND",
        "400, InvalidParameter, REQUEST"
    })
    void itsOwnWordsSayWhyItRefuses(int status, String code, RejectedException.Reason reason) {
        var body = "{\"code\":\"" + code + "\",\"message\":\"no\",\"request_id\":\"r-1\"}";
        assertThat(failure(status, Map.of(), body))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Throttling", "Throttling.RateQuota", "Throttling.BurstRate", "Throttling.AllocationQuota"})
    void everyKindOfThrottlingIsOverInAWhile(String code) {
        assertThat(failure(429, Map.of(), "{\"code\":\"" + code + "\",\"message\":\"no\",\"request_id\":\"r-1\"}"))
                .isInstanceOf(RateLimitedException.class);
    }

    @Test
    void aTaskThatIsNotKnownAtFirstIsAskedForSomeTimesMore() {
        var reading = asked();
        var times = 0;
        while (true) {
            try {
                assertThat(reading.read(Payloads.document(task("UNKNOWN", "")))).isEmpty();
            } catch (OutcomeUnknownException e) {
                assertThat(e.details().generationId()).isEqualTo("t-1");
                break;
            }
            times++;
            reading = reading.handle().orElseThrow().reading(reply(200, Map.of()));
        }
        assertThat(times).isEqualTo(3);
        assertThat(reading.handle()).isEmpty();
    }

    @Test
    void anIdThatCouldLeadElsewhereIsNoHandle() {
        for (String id : List.of("../x", "a/b", "a?b", "..", "a b")) {
            var reading = reading(1);
            reading.read(Payloads.document(task("PENDING", "").replace("t-1", id)));
            assertThat(reading.handle()).as(id).isEmpty();
        }
    }

    private static JsonNode body(ApiCall call) {
        return JsonMapper.shared().readTree(Bodies.wire(call));
    }

    @ParameterizedTest
    @CsvSource({
        "qwen-image-2.0-pro, false, multimodal-generation/generation, /input/messages/0/content/0/text",
        "qwen-image-2.0-pro, true, multimodal-generation/generation, /input/messages/0/content/0/text",
        "wan2.6-t2i, false, multimodal-generation/generation, /input/messages/0/content/0/text",
        "wan2.6-t2i, true, image-generation/generation, /input/messages/0/content/0/text",
        "wan2.7-image-pro, true, image-generation/generation, /input/messages/0/content/0/text",
        "qwen-image-plus, true, text2image/image-synthesis, /input/prompt",
        "wan2.5-t2i-preview, true, text2image/image-synthesis, /input/prompt",
        "wanx2.1-t2i-turbo, true, text2image/image-synthesis, /input/prompt"
    })
    void eachModelIsAskedTheWayItKnows(String model, boolean async, String path, String prompt) {
        var call = dialect().generate(request().model(model).with(DashScope.ASYNC, async));
        assertThat(call.path()).isEqualTo("/services/aigc/" + path);
        assertThat(call.headers().containsKey("X-DashScope-Async")).isEqualTo(async);
        assertThat(body(call).at(prompt).asString()).isEqualTo("a lighthouse");
        assertThat(body(call).at("/parameters/n").asInt()).isEqualTo(1);
    }

    @Test
    void aModelThatKnowsNothingElseIsAskedForATaskUnasked() {
        var call = dialect().generate(request().model("wan2.5-t2i-preview").with(DashScope.NEGATIVE_PROMPT, "fog"));
        assertThat(call.headers()).containsEntry("X-DashScope-Async", "enable");
        assertThat(body(call).at("/input/negative_prompt").asString()).isEqualTo("fog");
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        dialect().generate(request().model("wan2.5-t2i-preview").with(DashScope.ASYNC, false)))
                .withMessageContaining("async is not taken");
    }

    @ParameterizedTest
    @CsvSource({
        "qwen-image-plus, 16:9, , 1664*928",
        "qwen-image-2.0-pro, 16:9, , 2560*1440",
        "qwen-image-2.0-pro, 1:1, 1K, 1024*1024",
        "wan2.6-t2i, 1:1, , 1280*1280",
        "wan2.2-t2i-flash, 1:1, , 1024*1024",
        "wan2.7-image-pro, , 4K, 4K"
    })
    void aShapeBecomesPixelsThatTheModelKnows(String model, String shape, String tier, String size) {
        var request = request().model(model);
        request = shape == null ? request : request.aspectRatio(AspectRatio.of(shape));
        request = tier == null ? request : request.resolution(Resolution.of(tier));
        assertThat(body(dialect().generate(request)).at("/parameters/size").asString())
                .isEqualTo(size);
    }

    @Test
    void referencesStandBeforeThePromptAndExtrasAmongTheParameters() {
        var call = dialect()
                .generate(request()
                        .size(Size.pixels(1024, 1536))
                        .references(ImageReference.bytes(PNG))
                        .extra("enable_sequential", true));
        assertThat(body(call).at("/input/messages/0/content/0/image").asString())
                .isEqualTo("data:image/png;base64," + BASE64);
        assertThat(body(call).at("/input/messages/0/content/1/text").asString()).isEqualTo("a lighthouse");
        assertThat(body(call).at("/parameters/enable_sequential").asBoolean()).isTrue();
        assertThat(body(call).at("/parameters/size").asString()).isEqualTo("1024*1536");
    }

    @Test
    void textsAndPicturesInTurnAreRefusedSinceTheyAreStreamedAndNotRead() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(
                        () -> dialect().generate(request().model("wan2.6-image").extra("enable_interleave", true)))
                .withMessageContaining("enable_interleave is answered by a stream");
        var plain = dialect().generate(request().model("wan2.6-image").extra("enable_interleave", false));
        assertThat(body(plain).at("/parameters/enable_interleave").asBoolean(true))
                .isFalse();
    }
}
