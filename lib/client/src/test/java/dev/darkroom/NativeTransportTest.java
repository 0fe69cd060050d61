package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Which transport all other tests of this run had: Java's own, unless the profile {@code native} puts another on the class path. */
class NativeTransportTest {

    private static final String EXPECTED =
            System.getProperty("native.transport", "nio").replace("_", "");

    @Test
    void aConnectionIsOfTheTransportThatIsOnTheClassPath() throws Exception {
        var channel = new AtomicReference<String>();
        try (var gateway = new RawGateway(
                        (request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(1))));
                var client = ImageClient.openRouter("sk-test")
                        .baseUrl(gateway.url())
                        .customize(http -> http.doOnConnected(connection ->
                                channel.set(connection.channel().getClass().getSimpleName())))) {
            client.result(ImageRequest.of("a/b", "p")).block(Duration.ofMinutes(1));
        }
        assertThat(channel.get().toLowerCase(Locale.ROOT)).startsWith(EXPECTED);
    }
}
