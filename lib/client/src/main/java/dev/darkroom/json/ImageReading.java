package dev.darkroom.json;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one picture; its base64 becomes segments while it is read. */
final class ImageReading {

    private final Members members;

    private int index;
    private boolean announced;
    private @Nullable String revisedPrompt;
    private @Nullable String mediaType;
    private List<ByteBuffer> segments = List.of();
    private @Nullable URI url;
    private @Nullable DownloadFailedException downloadFailure;

    private ImageReading(Members members) {
        this.members = members;
    }

    static ImageReading of(Members members) {
        var reading = new ImageReading(members);
        members.each(reading::member);
        return reading;
    }

    private void member(String name) {
        switch (name) {
            case "index" -> index = members.index();
            case "mediaType" -> mediaType = members.text();
            case "revisedPrompt" -> revisedPrompt = members.text();
            case "announced" -> announced = members.isTrue();
            case "url" -> url = uri(members.text());
            case "downloadFailure" -> downloadFailure = members.object(() -> DownloadFailureReading.of(members));
            case "base64" -> {
                var bytes = new SegmentOutput();
                members.json().readBinaryValue(bytes);
                segments = bytes.segments();
            }
            default -> members.skip();
        }
    }

    /** Whether it was sent before, and stands here by its number alone. */
    boolean isAnnounced() {
        return announced;
    }

    GeneratedImage image() {
        var image = withoutPrompt();
        return revisedPrompt == null ? image : image.withRevisedPrompt(revisedPrompt);
    }

    private GeneratedImage withoutPrompt() {
        if (url == null) {
            return GeneratedImage.of(index, mediaType, segments);
        }
        var image = GeneratedImage.at(index, mediaType, url);
        if (!segments.isEmpty()) {
            return image.withContent(segments);
        }
        return downloadFailure == null ? image : image.withDownloadFailure(downloadFailure);
    }

    private static @Nullable URI uri(@Nullable String text) {
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Why a URL could not be fetched. */
    private static final class DownloadFailureReading {

        private @Nullable String reason;
        private String message = "the image could not be fetched";
        private @Nullable Integer status;
        private @Nullable Instant retryAt;

        static DownloadFailedException of(Members members) {
            var reading = new DownloadFailureReading();
            members.each(name -> reading.member(name, members));
            var reason = Words.constant(DownloadFailedException.Reason.class, reading.reason)
                    .orElse(DownloadFailedException.Reason.UNREACHABLE);
            return new DownloadFailedException(reason, reading.message, reading.status, reading.retryAt, null);
        }

        private void member(String name, Members members) {
            switch (name) {
                case "reason" -> reason = members.text();
                case "message" -> message = members.string();
                case "status" -> status = members.integer();
                case "retryAt" -> retryAt = members.instant();
                default -> members.skip();
            }
        }
    }
}
