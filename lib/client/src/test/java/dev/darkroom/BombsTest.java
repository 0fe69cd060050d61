package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.Bombs.Bomb;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.StoredImageQuery;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a server sends costs no more memory than one request may keep, and what was whole is not lost for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BombsTest {

    private static final int SCALE = 8;

    private final Bombs bombs = new Bombs();

    BombsTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        bombs.close();
    }

    @Test
    void listsAreBoundedAsAnswersAre() {
        var many = "{\"data\":[" + "{},".repeat(50_000) + "{}]}";
        var server = new FileServer();
        for (String path : List.of("/models", "/models/a/b/endpoints", "?limit=1&order=desc")) {
            server.put("/v1/images" + path, (request, response) -> response.sendString(Mono.just(many)));
        }
        var router = ImageClient.openRouter("sk-test")
                .baseUrl(server.url("/v1").toString())
                .limits(l -> l.heapBytes(1 << 20));
        var storage = ImageClient.token360("sk-test")
                .baseUrl(server.url("/v1").toString())
                .limits(l -> l.heapBytes(1 << 20));
        for (Flux<?> list : List.of(
                router.catalogue().orElseThrow().models(),
                router.catalogue().orElseThrow().endpoints("a/b"),
                storage.stored()
                        .orElseThrow()
                        .list(StoredImageQuery.newestFirst().pageSize(1)))) {
            assertThat(catchThrowableOfType(OutcomeUnknownException.class, list::blockLast))
                    .hasMessageContaining("l.heapBytes")
                    .returns(OutcomeUnknownException.Reason.TOO_LARGE, OutcomeUnknownException::reason);
        }
        router.close();
        storage.close();
        server.close();
    }

    @Test
    void everyAnswerThatIsTooMuchEndsWithTheNameOfItsLimitAndTheImagesThatWereWhole() {
        var softly = new SoftAssertions();
        for (Bomb bomb : Bombs.all(SCALE)) {
            var client = bomb.gateway()
                    .apply(bombs.url(bomb, SCALE))
                    .downloads(d -> d.fetch(false))
                    .limits(l -> l.textBytes((8 << 20) / SCALE).heapBytes((32 << 20) / SCALE));
            var outcome = Bombs.thrown(bomb, client);
            client.close();
            softly.assertThat(outcome.isTyped()).as("%s: %s", bomb, outcome).isTrue();
            softly.assertThat(outcome.names(bomb.wither()))
                    .as("%s: %s", bomb, outcome)
                    .isTrue();
            softly.assertThat(outcome.images()).as("%s: %s", bomb, outcome).isGreaterThanOrEqualTo(bomb.images());
        }
        softly.assertAll();
    }
}
