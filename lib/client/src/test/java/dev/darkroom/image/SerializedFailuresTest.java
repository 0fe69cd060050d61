package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateClosedException;
import dev.darkroom.gate.Quota;
import dev.darkroom.internal.wire.WireException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure can cross to another process, as the log of a batch or a cluster's scheduler has it: all but its images. */
class SerializedFailuresTest {

    private static final Instant LATER = Instant.parse("2026-11-20T10:00:00Z");
    private static final FailureDetails DETAILS =
            new FailureDetails(503, "overloaded", "OpenAI", "gen-img-1", "try again later");
    private static final PartialResult SALVAGE =
            new PartialResult(null, List.of(GeneratedImage.of(0, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff})));

    static Stream<RuntimeException> failures() {
        return Stream.of(
                new RateLimitedException("rate limited", DETAILS, LATER),
                new UnavailableException("unavailable", DETAILS, LATER, new ClosedChannelException()),
                new RejectedException(RejectedException.Reason.CREDITS, "rejected", DETAILS),
                new GenerationFailedException("failed", DETAILS, Billed.YES, SALVAGE),
                new OutcomeUnknownException(
                        OutcomeUnknownException.Reason.CUT, "unknown", DETAILS, SALVAGE, new IOException("reset")),
                new DownloadFailedException(DownloadFailedException.Reason.REFUSED, "refused by host", 404, null),
                new GateClosedException(Quota.of("example.com", "sk-secret", "a/b"), LATER),
                new WithheldException(new IllegalStateException("sk-secret", new Unserializable())),
                WireException.LimitExceeded.images(7));
    }

    private static byte[] written(Throwable failure) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("BanSerializableRead") // what was just written
    private static Throwable read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Throwable) in.readObject();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureComesBackAsItWas(RuntimeException failure) throws Exception {
        var back = read(written(failure));
        assertThat(back).hasSameClassAs(failure).hasMessage(failure.getMessage());
        assertThat(back.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(back)
                .usingRecursiveComparison()
                .ignoringFields("cause", "partialResult", "original", "stackTrace", "suppressedExceptions")
                .isEqualTo(failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noSecretAndNoImageGoesAlong(RuntimeException failure) throws Exception {
        var text = new String(written(failure), StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("sk-secret", "\u00ff\u00d8\u00ff");
    }

    @Test
    void whatHadArrivedIsEmptyAfterwardsAndNotMissing() throws Exception {
        var unknown =
                new OutcomeUnknownException(OutcomeUnknownException.Reason.CUT, "unknown", DETAILS, SALVAGE, null);
        assertThat(((OutcomeUnknownException) read(written(unknown))).partialResult())
                .isEqualTo(PartialResult.NOTHING);
        var failed = new GenerationFailedException("failed", DETAILS, Billed.YES, SALVAGE);
        assertThat(((GenerationFailedException) read(written(failed))).partialResult())
                .isEqualTo(PartialResult.NOTHING);
    }

    private static final class Unserializable extends RuntimeException {
        @SuppressWarnings({"unused", "serial"})
        private final Object field = new Object();
    }
}
