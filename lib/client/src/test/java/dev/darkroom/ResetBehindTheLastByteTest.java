package dev.darkroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.OneAnswer.Ending;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reset of the connection (a TCP RST, and no orderly end) right behind the last byte that matters: the picture came whole. */
class ResetBehindTheLastByteTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final byte[] PICTURE = FileServer.picture(1500);
    private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);
    private static final String DOCUMENT = "{\"data\":[{\"b64_json\":\"" + BASE64 + "\"}]}";
    private static final String LAST_EVENT =
            "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + BASE64 + "\"}\n\n";

    private final OneAnswer server = new OneAnswer();
    private final ImageClient client =
            ImageClient.openRouter("sk-test").baseUrl(server.url("").toString());

    ResetBehindTheLastByteTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private static String framed(String framing, String body) {
        return framing.contains("chunked") ? Integer.toHexString(body.length()) + "\r\n" + body + "\r\n" : body;
    }

    private void isDelivered(String type, String framing, String body) {
        server.says(
                "200 OK\nContent-Type: " + type + framing.replace("LENGTH", String.valueOf(body.length())),
                framed(framing, body).getBytes(UTF_8),
                Ending.RESET);
        for (var call = 1; call <= 5; call++) {
            assertThat(client.result(REQUEST).block(PATIENCE).images())
                    .singleElement()
                    .satisfies(image -> assertThat(image.toByteArray()).isEqualTo(PICTURE));
            assertThat(server.asked()).as("sent once").isEqualTo(call);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\nContent-Length: LENGTH\nConnection: close",
                "\nContent-Length: 1000000",
                "\nTransfer-Encoding: chunked",
                "\nTransfer-Encoding: identity"
            })
    void aDocumentIsDeliveredThatAResetFollows(String framing) {
        isDelivered("application/json", framing, DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\nContent-Length: LENGTH\nConnection: close",
                "\nContent-Length: 1000000",
                "\nTransfer-Encoding: chunked",
                "\nTransfer-Encoding: identity"
            })
    void aStreamIsDeliveredWhoseLastEventAResetFollows(String framing) {
        isDelivered("text/event-stream", framing, LAST_EVENT);
    }
}
