package dev.darkroom.fire;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageRequest;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * A good answer of one gateway, as small as it can be, so that a fault can be put at each of its bytes.
 *
 * @param gateway its name
 * @param kind a stream or a document
 * @param door makes the client, given a key
 * @param request what is asked
 * @param body the bytes behind the head
 * @param enough how many of them are the whole answer, whatever follows: the terminal event's blank line, or the document
 */
record Answer(
        String gateway, Kind kind, Function<String, ImageClient> door, ImageRequest request, String body, int enough) {

    /** How an answer is framed by its gateway. */
    enum Kind {
        STREAM("text/event-stream"),
        DOCUMENT("application/json");

        final String mediaType;

        Kind(String mediaType) {
            this.mediaType = mediaType;
        }
    }

    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};
    private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);
    private static final String URL = "https://example.com/a.png";

    private static final String STOP = ",\"finishReason\":\"STOP\"";

    /** What can go on behind the end of a stream, and means nothing. */
    private static final String DONE = "data: [DONE]\n\n";

    static List<Answer> all() {
        return List.of(
                stream("openrouter", ImageClient::openRouter, "a/b", preview() + completed() + DONE),
                document("openrouter", ImageClient::openRouter, "a/b", data(embedded())),
                stream("openai", ImageClient::openAi, "gpt-image-2", preview() + completed()),
                document("openai", ImageClient::openAi, "gpt-image-2", data(embedded())),
                stream("ark", ImageClient::ark, "doubao-seedream-4-5-251128", succeeded() + summary()),
                document("ark", ImageClient::ark, "doubao-seedream-4-5-251128", data(linked())),
                stream(
                        "minimax",
                        ImageClient::miniMax,
                        "MiniMax-H3-Image",
                        ": keepalive\n\n" + succeeded() + summary()),
                document("minimax", ImageClient::miniMax, "MiniMax-H3-Image", data(linked())),
                document("token360", ImageClient::token360, "dola-seedream-5.0-lite", data(embedded())),
                document("myrouter", ImageClient::myRouter, "seedream-4.5", "{\"images\":[\"" + URL + "\"]}"),
                stream("gemini", named("gemini"), "m", candidate(part(true), "") + candidate(part(false), STOP)),
                document("gemini", named("gemini"), "m", candidates(part(false), STOP)),
                stream(
                        "chat-completions",
                        named("chat-completions"),
                        "m",
                        delta("![a](data:image/png;base64," + BASE64.substring(0, 6), "null")
                                + delta(BASE64.substring(6) + ")", "\"stop\"")
                                + DONE),
                document(
                        "chat-completions",
                        named("chat-completions"),
                        "m",
                        "{\"choices\":[{\"message\":{\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64,"
                                + BASE64 + "\"}}]},\"finish_reason\":\"stop\"}]}"));
    }

    private static Function<String, ImageClient> named(String gateway) {
        return key -> ImageClient.named(gateway, key);
    }

    private static String part(boolean thought) {
        return "{\"inlineData\":{\"data\":\"" + BASE64 + "\"}" + (thought ? ",\"thought\":true}" : "}");
    }

    private static String candidates(String part, String stop) {
        return "{\"candidates\":[{\"content\":{\"parts\":[" + part + "]}" + stop
                + "}],\"usageMetadata\":{\"totalTokenCount\":9}}";
    }

    private static String candidate(String part, String stop) {
        return "data: " + candidates(part, stop) + "\n\n";
    }

    private static String delta(String content, String finish) {
        var usage = finish.equals("null") ? "" : ",\"usage\":{\"total_tokens\":9}";
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":" + finish + "}]"
                + usage + "}\n\n";
    }

    /** One answer of a kind, for faults that are no gateway's. */
    static Answer any(Kind kind) {
        return all().stream().filter(answer -> answer.kind == kind).findFirst().orElseThrow();
    }

    private static Answer stream(String gateway, Function<String, ImageClient> door, String model, String events) {
        var end = events.endsWith(DONE) ? events.length() - DONE.length() : events.length();
        return new Answer(gateway, Kind.STREAM, door, ImageRequest.of(model, "p").stream(true), events, end);
    }

    private static Answer document(String gateway, Function<String, ImageClient> door, String model, String json) {
        return new Answer(gateway, Kind.DOCUMENT, door, ImageRequest.of(model, "p"), json, json.length());
    }

    private static String data(String item) {
        return "{\"created\":1790983963,\"data\":[" + item + "]}";
    }

    private static String embedded() {
        return "{\"b64_json\":\"" + BASE64 + "\"}";
    }

    private static String linked() {
        return "{\"url\":\"" + URL + "\",\"size\":\"1024x1024\"}";
    }

    private static String preview() {
        return event("partial_image", "\"partial_image_index\":0,\"b64_json\":\"" + BASE64 + "\"");
    }

    private static String completed() {
        return event("completed", "\"b64_json\":\"" + BASE64 + "\",\"created_at\":1790983963");
    }

    private static String succeeded() {
        return event("partial_succeeded", "\"image_index\":0,\"url\":\"" + URL + "\"");
    }

    private static String summary() {
        return event("completed", "\"usage\":{\"generated_images\":1,\"total_tokens\":9}");
    }

    private static String event(String what, String fields) {
        var type = "image_generation." + what;
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }

    /** The answer as it goes over the wire. */
    Wire framed(Framing framing) {
        return framing.of(this);
    }

    @Override
    public String toString() {
        return gateway + " " + kind;
    }
}
