package dev.darkroom.internal.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gateway.ChatCompletions;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Resolution;
import dev.darkroom.internal.gateway.common.Bodies;
import dev.darkroom.internal.gateway.common.DialectContract;
import dev.darkroom.internal.gateway.common.Payloads;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatDialectTest extends DialectContract {

    private static final ImageRequest PLAIN = ImageRequest.of("google/gemini-3.1-flash-image", "a lighthouse");
    private static final String URL = "data:image/png;base64," + BASE64;
    private static final String IMAGE = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + URL + "\"}}";
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1300,\"total_tokens\":1309,\"cost\":0.039}";
    private static final String DONE = "data: [DONE]\n\n";

    @Override
    protected Dialect dialect() {
        return new ChatDialect();
    }

    @Override
    protected ImageRequest request() {
        return PLAIN;
    }

    private static String choice(int index, String message, String finish) {
        return "{\"index\":" + index + "," + message + ",\"finish_reason\":"
                + (finish == null ? "null" : "\"" + finish + "\"") + "}";
    }

    private static String chunk(String choices, String more) {
        return "data: {\"id\":\"gen-1\",\"provider\":\"Google\",\"object\":\"chat.completion.chunk\",\"created\":1790983963,\"choices\":["
                + choices + "]" + more + "}\n\n";
    }

    private static String delta(String members) {
        return chunk(choice(0, "\"delta\":{" + members + "}", null), "");
    }

    private static String content(String text) {
        return delta("\"content\":" + JsonMapper.shared().writeValueAsString(text));
    }

    private static String end(String finish) {
        return chunk(choice(0, "\"delta\":{\"content\":\"\"}", finish), "") + chunk("", "," + USAGE) + DONE;
    }

    private static String completion(String message, String finish) {
        return "{\"id\":\"gen-1\",\"provider\":\"Google\",\"object\":\"chat.completion\",\"created\":1790983963,\"choices\":["
                + choice(0, "\"message\":{\"role\":\"assistant\"," + message + "}", finish) + "]," + USAGE + "}";
    }

    @Override
    protected List<String> stream(int images) {
        var events = new ArrayList<String>();
        var ends = new ArrayList<String>();
        for (int i = 0; i < images; i++) {
            events.add(chunk(choice(i, "\"delta\":{\"images\":[" + IMAGE + "]}", null), ""));
            ends.add(choice(i, "\"delta\":{}", "stop"));
        }
        events.add(chunk(String.join(",", ends), "," + USAGE) + DONE);
        return events;
    }

    @Override
    protected String document(String... items) {
        var choices = new ArrayList<String>();
        for (int i = 0; i < items.length; i++) {
            choices.add(
                    items[i].startsWith("{\"error\"")
                            ? choice(i, items[i].substring(1, items[i].length() - 1), "error")
                            : choice(i, "\"message\":{\"content\":null,\"images\":[" + items[i] + "]}", "stop"));
        }
        return "{\"choices\":[" + String.join(",", choices) + "]}";
    }

    private List<ImageEvent> read(String stream) {
        var reading = reading(1);
        var events = readAll(reading, stream);
        assertThat(reading.isComplete()).isTrue();
        return events;
    }

    private static String words(List<ImageEvent> events) {
        return events.stream()
                .filter(ImageEvent.TextChunk.class::isInstance)
                .map(ImageEvent.TextChunk.class::cast)
                .filter(chunk -> chunk.phase().equals(ImageEvent.TextChunk.MESSAGE))
                .map(ImageEvent.TextChunk::text)
                .collect(Collectors.joining());
    }

    private static List<GeneratedImage> images(List<ImageEvent> events) {
        var result = ((ImageEvent.Completed) events.get(events.size() - 1)).result();
        var announced = events.stream()
                .filter(ImageEvent.ImageReady.class::isInstance)
                .map(event -> ((ImageEvent.ImageReady) event).image())
                .toList();
        assertThat(result.images()).containsExactlyElementsOf(announced);
        return result.images();
    }

    @Test
    void imagesInDeltasAreFinalAndWordsComeInAPhaseOfTheirOwn() {
        var events = read(
                ": OPENROUTER PROCESSING\n\n" + delta("\"role\":\"assistant\",\"reasoning\":\"Hm\"") + content("Here")
                        + content(" it is") + delta("\"content\":\"\",\"images\":[" + IMAGE + "]") + end("stop"));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("TextChunk", "TextChunk", "TextChunk", "ImageReady", "Completed");
        assertThat(events.get(0)).isEqualTo(new ImageEvent.TextChunk(ImageEvent.TextChunk.REASONING, "Hm"));
        var result = ((ImageEvent.Completed) events.get(4)).result();
        assertThat(result.text()).isEqualTo("Here it is").isEqualTo(words(events));
        assertThat(result.generationId()).isEqualTo("gen-1");
        assertThat(result.provider()).isEqualTo("Google");
        assertThat(result.created()).hasToString("2026-10-02T23:32:43Z");
        assertThat(result.usage().cost()).isEqualByComparingTo("0.039");
        assertThat(result.usage().costUnit()).isEqualTo("USD");
        assertThat(result.usage().outputTokens()).isEqualTo(1300);
    }

    @Test
    void everyFormOfAnImageInAMessageIsOne() {
        for (String message : List.of(
                "\"content\":null,\"images\":[" + IMAGE + "]",
                "\"content\":\"\",\"images\":[\"" + URL + "\"]",
                "\"images\":[{\"url\":\"" + URL + "\"}]",
                "\"images\":[{\"b64_json\":\"" + BASE64 + "\"}]",
                "\"image\":{\"url\":\"" + URL + "\",\"detail\":\"auto\"}",
                "\"content\":[{\"type\":\"text\",\"text\":\"so\"}," + IMAGE + "]",
                "\"content\":[{\"type\":\"output_image\",\"image_url\":\"" + URL + "\"}]",
                "\"content\":[{\"type\":\"image\",\"image\":{\"base64\":\"" + BASE64 + "\"}}]",
                "\"content\":[{\"type\":\"image\",\"b64_json\":\"" + BASE64 + "\"}]",
                "\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\""
                        + BASE64 + "\"}}]",
                "\"content\":[{\"type\":\"image_generation_call\",\"result\":\"" + BASE64 + "\"}]",
                "\"content\":\"![image](" + URL + ")\"",
                "\"content\":\"so ![image](" + URL + " \\\"a title\\\") and so\"",
                "\"content\":\"[![a](" + URL + ")](https://example.com)\"",
                "\"content\":\"" + URL + "\"",
                "\"content\":[{\"type\":\"text\",\"text\":\"![](" + URL + ")\"}]")) {
            var result = result(1, completion(message, "stop"));
            assertThat(result.images()).as(message).hasSize(1);
            assertThat(result.first().toByteArray()).as(message).isEqualTo(PNG);
            var events = read(chunk(choice(0, "\"delta\":{" + message + "}", null), "") + end("stop"));
            assertThat(images(events)).as(message).hasSize(1);
        }
        assertThat(result(1, completion("\"content\":\"" + BASE64 + "\"", "stop"))
                        .images())
                .hasSize(1);
    }

    @Test
    void anImageByItsAddressIsOneInEveryForm() {
        for (String message : List.of(
                "\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + LINK + "\"}}]",
                "\"content\":\"![image](" + LINK + ")\"",
                "\"content\":\"so: ![image]( <" + LINK + "> 'title' ), so\"",
                "\"content\":\"" + LINK + "\"",
                "\"content\":[{\"type\":\"image_url\",\"image_url\":\"" + LINK + "\"}]")) {
            assertThat(result(1, completion(message, "stop")).first().url())
                    .as(message)
                    .hasToString(LINK);
        }
        var nested = "https://example.com/a_(1).png";
        assertThat(result(1, completion("\"content\":\"![a](" + nested + ") b\"", "stop"))
                        .first()
                        .url())
                .hasToString(nested);
    }

    @Test
    void markdownMayBeCutAnywhereAndLeavesNothingBehind() {
        var text = "One! [a](b) ![x](" + URL + ") two ![y \\] z](" + LINK + " \"t\")\n![]("
                + URL.replace("AgM=", "AgQ=") + "\"no\" three!";
        var expected = "One! [a](b)  two \n![](";
        for (int length = 1; length <= text.length(); length++) {
            var stream = new StringBuilder();
            for (int from = 0; from < text.length(); from += length) {
                stream.append(content(text.substring(from, Math.min(from + length, text.length()))));
            }
            var events = read(stream + end("stop"));
            assertThat(images(events)).as("deltas of %s", length).hasSize(3);
            assertThat(words(events)).as("deltas of %s", length).isEqualTo("One! [a](b)  two \n\"no\" three!");
        }
        assertThat(expected).startsWith("One!");
    }

    @Test
    void bracketsInTheWordsForAPictureHavePartners() {
        assertThat(images(read(content("![a [b] c](" + LINK + ") ![d [e]](" + URL + ")") + end("stop"))))
                .hasSize(2);
        var events = read(content("![a [b") + content("] c](" + URL) + content(") so") + end("stop"));
        assertThat(words(events)).isEqualTo(" so");
    }

    @Test
    @Timeout(60)
    void aTextOfNothingButBracketsIsReadAtOnce() {
        for (String brackets : List.of("![", "[", "!", "![a](", "![a](https://x ", "](", "![a\"")) {
            var text = brackets.repeat(1_000_000 / brackets.length());
            var result = result(
                    1,
                    completion(
                            "\"content\":" + JsonMapper.shared().writeValueAsString(text) + ",\"images\":[" + IMAGE
                                    + "]",
                            "stop"));
            assertThat(result.text()).isEqualTo(text.strip());
        }
    }

    @Test
    void whatOnlyLooksLikeAPictureStaysAsItWas() {
        for (String text : List.of(
                "wow! [a](https://x.example)",
                "![a]",
                "![a](b)",
                "![a](ftp://x)",
                "!",
                "![",
                "![a](https://x.example",
                "a![b![c](d")) {
            var stream =
                    text.chars().mapToObj(c -> content(Character.toString(c))).collect(Collectors.joining());
            var events = read(stream + delta("\"images\":[" + IMAGE + "]") + end("stop"));
            assertThat(words(events)).isEqualTo(text);
            assertThat(images(events)).hasSize(1);
        }
    }

    @Test
    void aPictureThatTheTextDoesNotCloseHasBeenCutOff() {
        var open = "![a](data:image/png;base64," + BASE64.substring(0, 12);
        assertThat(caught(content(open) + end("stop"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(documented(completion("\"content\":\"" + open + "\"", "stop")))
                .isInstanceOf(OutcomeUnknownException.class);
        var kept = result(1, completion("\"content\":\"![b](" + URL + ") " + open + "\"", "length"));
        assertThat(kept.images()).hasSize(1);
        assertThat(kept.failures()).containsExactly(new ImageFailure(1, ImageFailure.UNDECODABLE, null));
    }

    @Test
    void aPictureThatIsSentTwiceIsOne() {
        var events = read(content("![a](" + URL + ")")
                + delta("\"images\":[" + IMAGE + "]")
                + chunk(
                        choice(0, "\"delta\":{},\"message\":{\"content\":\"x\",\"images\":[" + IMAGE + "]}", "stop"),
                        "," + USAGE)
                + DONE);
        assertThat(images(events)).hasSize(1);
    }

    @Test
    void doneEndsAStreamThatSaysNeitherWhyNorWhatWasUsed() {
        assertThat(images(read(delta("\"images\":[" + IMAGE + "]") + DONE))).hasSize(1);
        var reading = reading(1);
        readAll(reading, delta("\"images\":[" + IMAGE + "]"));
        assertThat(reading.ended()).isEmpty();
        assertThat(reading.end())
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        e -> assertThat(e.partialResult().images()).hasSize(1));
    }

    @Test
    void anEndWithoutUsageIsOneWhenTheStreamEnds() {
        var reading = reading(1);
        readAll(reading, delta("\"images\":[" + IMAGE + "]") + chunk(choice(0, "\"delta\":{}", "stop"), ""));
        assertThat(reading.isComplete()).isFalse();
        assertThat(reading.ended()).hasSize(1);
        assertThat(reading.isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"content_filter, MODERATION", "safety, MODERATION"})
    void aFilteredAnswerIsModeration(String finish, String reason) {
        assertThat(caught(content("I") + end(finish)))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.reason()).hasToString(reason));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> reading(1).read(Payloads.document(completion("\"content\":null", finish))));
    }

    @Test
    void aRefusalIsModerationInItsWords() {
        assertThat(caught(delta("\"refusal\":\"I will not\"") + end("stop")))
                .isInstanceOfSatisfying(RejectedException.class, e -> {
                    assertThat(e.reason()).isEqualTo(RejectedException.Reason.MODERATION);
                    assertThat(e.providerMessage()).isEqualTo("I will not");
                });
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        reading(1).read(Payloads.document(completion("\"content\":null,\"refusal\":\"no\"", "stop"))));
        assertThat(result(1, completion("\"refusal\":null,\"images\":[" + IMAGE + "]", "stop"))
                        .images())
                .hasSize(1);
    }

    @Test
    void wordsAloneLeaveTheOutcomeOpenWithWhatTheySay() {
        for (ImageException failure : List.of(
                caught(content("I cannot draw") + end("stop")),
                documented(completion("\"content\":\"I cannot draw\"", "stop")))) {
            assertThat(failure).isInstanceOfSatisfying(OutcomeUnknownException.class, e -> {
                assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.UNDECODABLE);
                assertThat(e.providerMessage()).isEqualTo("I cannot draw");
                assertThat(e.getMessage()).doesNotContain("draw");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "tomorrow"})
    void anotherEndWithoutAPictureIsAFailedGeneration(String finish) {
        for (ImageException failure : List.of(
                caught(content("I cannot draw") + end(finish)),
                documented(completion("\"content\":\"I cannot draw\"", finish)))) {
            assertThat(failure).isInstanceOfSatisfying(GenerationFailedException.class, e -> {
                assertThat(e.providerMessage()).isEqualTo("I cannot draw");
                assertThat(e.details().code()).isEqualTo(finish);
            });
        }
    }

    private ImageException documented(String document) {
        var reading = reading(1);
        try {
            reading.read(Payloads.document(document));
            return reading.end();
        } catch (ImageException e) {
            return e;
        }
    }

    @Test
    void anErrorOfAChoiceIsAnErrorWithWhatWasSaid() {
        var error =
                "\"error\":{\"code\":502,\"message\":\"Provider returned error\",\"metadata\":{\"provider_name\":\"Google\",\"raw\":\"overloaded\"}}";
        assertThat(caught(content("I") + chunk(choice(0, "\"delta\":{}," + error, "error"), "")))
                .isInstanceOfSatisfying(GenerationFailedException.class, e -> {
                    assertThat(e.details().provider()).isEqualTo("Google");
                    assertThat(e.providerMessage()).isEqualTo("Provider returned error: overloaded");
                });
        assertThat(documented("{\"choices\":["
                        + choice(0, "\"message\":{\"content\":\"\"}," + error.replace("502", "429"), "error") + "]}"))
                .isInstanceOf(RateLimitedException.class);
        assertThat(caught("data: {\"id\":\"x\"," + error + ",\"choices\":[" + choice(0, "\"delta\":{}", "error")
                        + "]}\n\n"))
                .isInstanceOf(GenerationFailedException.class);
    }

    @Test
    void severalChoicesAreSeveralImages() {
        var document = "{\"choices\":[" + choice(1, "\"message\":{\"images\":[" + IMAGE + "]}", "stop") + ","
                + choice(0, "\"message\":{\"content\":\"no\"}", "content_filter") + "]}";
        var result = result(2, document);
        assertThat(result.images()).extracting(GeneratedImage::index).containsExactly(1);
        assertThat(result.failures()).containsExactly(new ImageFailure(0, "content_filter", null));
    }

    @Test
    void openRoutersRefusalsMeanWhatTheirMetadataSays() {
        assertThat(((RejectedException)
                                failure(
                                        403,
                                        Map.of(),
                                        "{\"error\":{\"code\":403,\"message\":\"flagged\",\"metadata\":{\"reasons\":[\"x\"],\"flagged_input\":\"…\"}}}"))
                        .reason())
                .isEqualTo(RejectedException.Reason.MODERATION);
        assertThat(
                        failure(
                                402,
                                Map.of(),
                                "{\"error\":{\"code\":402,\"message\":\"x\",\"metadata\":{\"limit_source\":\"openrouter_in_flight_budget\"}}}"))
                .isInstanceOf(RateLimitedException.class);
        assertThat(((RejectedException) failure(402, Map.of(), "{\"error\":{\"code\":402,\"message\":\"x\"}}"))
                        .reason())
                .isEqualTo(RejectedException.Reason.CREDITS);
    }

    @Test
    void aRequestIsOneOfChatCompletions() {
        var call = dialect()
                .generate(
                        PLAIN
                                .n(2)
                                .seed(7)
                                .aspectRatio(AspectRatio.of("16:9"))
                                .resolution(Resolution.K2)
                                .user("u")
                                .stream(true)
                                .with(ChatCompletions.TEXT, false)
                                .with(ChatCompletions.IMAGE_CONFIG, Map.of("strength", 0.5))
                                .with(
                                        ChatCompletions.ROUTING,
                                        ProviderRouting.any().only("google"))
                                .extra("temperature", 1));
        assertThat(call.path()).isEqualTo("/chat/completions");
        assertThat(Bodies.json(call))
                .hasToString("{\"model\":\"google/gemini-3.1-flash-image\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"a lighthouse\"}],\"modalities\":[\"image\"],\"image_config\":{\"strength\":0.5,\"aspect_ratio\":\"16:9\","
                        + "\"image_size\":\"2K\"},\"n\":2,\"seed\":7,\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"provider\":{\"only\":[\"google\"]},\"user\":\"u\",\"temperature\":1}");
        assertThat(Bodies.json(dialect().generate(PLAIN)).at("/modalities")).hasToString("[\"image\",\"text\"]");
    }

    @Test
    void referencesArePartsOfTheMessage() {
        var json = Bodies.json(dialect()
                .generate(PLAIN.references(
                        ImageReference.bytes(PNG), ImageReference.url(URI.create("https://example.com/a.png")))));
        assertThat(json.at("/messages/0/content"))
                .hasToString("[{\"type\":\"text\",\"text\":\"a lighthouse\"}," + IMAGE
                        + ",{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]");
    }
}
