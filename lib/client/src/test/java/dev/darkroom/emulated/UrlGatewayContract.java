package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.image.GeneratedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What holds beyond that at every gateway which answers with URLs. */
abstract class UrlGatewayContract extends EmulatedGatewayContract {

    @Test
    void urlsBecomeBytesAndNobodyButTheGatewaySeesTheKey() {
        assertThat(result(group(3)).images()).hasSize(3).allMatch(GeneratedImage::isLoaded);
        assertThat(posts()).hasSize(1).allMatch(entry -> entry.key() != null);
        assertThat(sinceThen("GET")).hasSize(3).allMatch(entry -> entry.key() == null);
    }

    @Test
    void urlsStayWhatTheyAreWhereTheyAreWanted() {
        var image = client().downloads(d -> d.fetch(false))
                .result(request())
                .block(PATIENCE)
                .first();
        assertThat(image.url()).isNotNull();
        assertThat(image.isLoaded()).isFalse();
        assertThat(sinceThen("GET")).isEmpty();
        assertThat(client().download(image).block(PATIENCE).isLoaded()).isTrue();
    }

    @Test
    void anImageWhoseUrlHasExpiredIsNotLost() {
        emulator.enqueue(Fault.EXPIRED_URL);
        assertWithoutBytes(result(request()).first(), Reason.REFUSED);
    }

    @Test
    void anImageWhichIsAWebPageIsNotLost() {
        emulator.enqueueDownload(Fault.NOT_AN_IMAGE.once());
        assertWithoutBytes(result(request()).first(), Reason.NOT_AN_IMAGE);
    }

    @Test
    void anImageIsNotFetchedFromWhereNobodyAllowedIt() {
        var distrustful = client(emulator);
        try {
            var image = distrustful.result(request()).block(PATIENCE).first();
            assertWithoutBytes(image, Reason.DENIED);
            assertThat(sinceThen("GET")).isEmpty();
        } finally {
            distrustful.close();
        }
    }

    private static void assertWithoutBytes(GeneratedImage image, Reason reason) {
        assertThat(image.isLoaded()).isFalse();
        assertThat(image.url()).isNotNull();
        assertThat(image.downloadFailure())
                .isInstanceOfSatisfying(
                        DownloadFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aDownloadThatBreaksIsMadeAgainAndTheImageIsNot() {
        emulator.enqueueDownload(Fault.RESET.once(), Fault.UNAVAILABLE.once());
        assertThat(result(request()).first().isLoaded()).isTrue();
        assertThat(posts()).hasSize(1);
        assertThat(sinceThen("GET")).hasSize(3);
    }

    @Test
    void aDownloadThatIsCompressedIsThePicture() throws IOException {
        emulator.enqueueDownload(Fault.GZIP.once());
        assertPicture(result(request()).first());
        assertThat(sinceThen("GET")).hasSize(1);
    }

    @Test
    void aDownloadFollowsAFewRedirects() {
        emulator.enqueueDownload(Fault.REDIRECT.times(2));
        assertThat(result(request()).first().isLoaded()).isTrue();
        assertThat(sinceThen("GET")).hasSize(3);
    }
}
