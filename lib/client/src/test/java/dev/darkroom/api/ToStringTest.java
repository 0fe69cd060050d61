package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the {@code toString} of every public type shows, as {@code public-api.txt} lists them: each is made by reflection with the same
 * text and bytes wherever it takes some, so that a type which comes later is asked, too.
 */
class ToStringTest {

    private static final String CANARY = "canary0text";
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\ncanary0bytes".getBytes(StandardCharsets.ISO_8859_1);

    /** Those which show a text that they were given, because it is a name, an id, a code or a word of the API. */
    private static final Set<String> SHOW_NAMES = Set.of(
            "ImageClient", // its label, and names of headers
            "dialect.ApiCall", // method, path without its query, names of headers
            "dialect.BodyPart.Base64File", // where a file lies
            "dialect.BodyPart.RawFile",
            "dialect.Lookup.Sought", // an id, a model
            "dialect.PicturedText.Picture", // what a stranger's blob says of itself
            "dialect.StoredPage", // ids
            "gate.GateClosedException", // a host and a model
            "gate.GateState",
            "gate.Quota",
            "gate.Throttled",
            "gateway.ProviderRouting", // names of providers, and what they are told
            "image.AspectRatio", // words of the API, as all up to ...
            "image.Background",
            "image.Capability.Other",
            "image.Capability.Values",
            "image.Estimate",
            "image.ModelEndpoint",
            "image.ModelInfo",
            "image.OutputFormat",
            "image.PricingLine",
            "image.Quality",
            "image.Resolution",
            "image.ResponseFormat",
            "image.Size",
            "image.StoredStatus", // ... here
            "image.FailureDetails", // codes and ids
            "image.ImageFailure",
            "image.ImageEvent.ImageFailed",
            "image.ImageEvent.Completed",
            "image.ImageEvent.TextChunk", // its phase
            "image.ImageOption", // its name
            "image.ImageReference.File", // where it lies
            "image.ImageReference.Stored", // its id
            "image.ImageRequest", // its model, names of its options and extras
            "image.ImageResult", // codes, ids, numbers of the bill
            "image.GenerationRecord",
            "image.StoredImage",
            "image.StoredImageQuery",
            "image.Usage",
            "image.DownloadFailedException", // sentences of our own, which other tests look at
            "image.GenerationFailedException",
            "image.OutcomeUnknownException",
            "image.RateLimitedException",
            "image.RejectedException",
            "image.UnavailableException");

    private static final List<String> FORMS = Stream.of(
                    "canary0bytes",
                    HexFormat.of().formatHex(PNG, 0, 4),
                    HexFormat.ofDelimiter(" ").formatHex(PNG, 0, 4),
                    "-119, 80, 78",
                    "PNG\r\n")
            .toList();

    @Test
    void onlyTheseShowATextAndNoneShowsBytesInAnyForm() throws IOException {
        var made = new Made(CANARY, PNG);
        var showing = new TreeSet<String>();
        var never = new TreeSet<String>();
        for (var type : types()) {
            var texts = Stream.concat(made.all(type).stream(), byHand().filter(type::isInstance))
                    .map(Object::toString)
                    .toList();
            if (texts.isEmpty()) {
                never.add(name(type));
            }
            if (texts.stream().anyMatch(text -> text.contains("canary0text"))) {
                showing.add(name(type));
            }
            assertThat(texts)
                    .as(name(type))
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContain(FORMS)
                            .doesNotContain(
                                    Base64.getEncoder().encodeToString(PNG).substring(0, 16)));
        }

        assertThat(never).as("of which none could be made").containsExactly("image.ImageException"); // its heirs are
        assertThat(showing).containsExactlyInAnyOrderElementsOf(SHOW_NAMES);
    }

    private static Stream<Object> byHand() {
        var client = ImageClient.named("token360", "sk-" + CANARY);
        return Stream.of(
                client,
                client.stored().orElseThrow(),
                client.lookup().orElseThrow(),
                ImageClient.named("openai-responses", "sk-" + CANARY).begun().orElseThrow(),
                ImageClient.openRouter("sk-" + CANARY).catalogue().orElseThrow(),
                ImageReference.dataUrl(
                        "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG)));
    }

    @Test
    void aRequestShowsNeitherItsPromptNorTheValueOfAnything() {
        var full = ImageRequest.of("model", "canaryPrompt")
                .user("canaryUser")
                .header("X-Name", "canaryHeader")
                .references(
                        ImageReference.bytes(PNG),
                        ImageReference.url(URI.create("https://example.com/canaryPath?canary=Query")));

        assertThat(full.toString()).contains("model").doesNotContain("canary");
        assertThat(ImageClient.openRouter("sk-canaryKey")
                        .header("X-Name", "canaryHeader")
                        .baseUrl("https://example.com/v1?token=canaryToken")
                        .toString())
                .contains("X-Name")
                .doesNotContain("canary");
    }

    private static String name(Class<?> type) {
        return type.getName().replace("dev.darkroom.", "").replace('$', '.');
    }

    /** Those of which there are objects. */
    private static List<Class<?>> types() throws IOException {
        var file = Path.of(System.getProperty("maven.basedir", ".")).resolve("src/main/api/public-api.txt");
        var types = Files.readAllLines(file).stream()
                .filter(line ->
                        line.matches("((abstract|final|sealed|non-sealed) )*(class|record) dev\\.darkroom\\..*"))
                .map(line -> line.replaceFirst(".*(class|record) ", "").replaceFirst("<.*", ""))
                .<Class<?>>map(ToStringTest::named)
                .filter(type -> Arrays.stream(type.getMethods())
                        .anyMatch(method -> !Modifier.isStatic(method.getModifiers())
                                && method.getDeclaringClass() != Object.class))
                .toList();
        assertThat(types.stream().map(ToStringTest::name).collect(Collectors.toSet()))
                .hasSizeGreaterThan(60)
                .contains("ImageClient", "image.ImageRequest", "settings.Downloads");
        return types;
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            int dot = name.lastIndexOf('.');
            return named(name.substring(0, dot) + "$" + name.substring(dot + 1));
        }
    }
}
