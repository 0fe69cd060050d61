package dev.darkroom.emulated;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.Fault.Kind;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.testsupport.Slow;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.test.StepVerifier;

/** The faults of TLS and of HTTP/2, and those of the connection over HTTP/2: what each ends in, and how often it was asked for. */
@Slow
class SecureFaultsTest {

    /** Those of which a request by plain HTTP/1.1 knows nothing. */
    static final Set<Kind> KINDS = EnumSet.of(Kind.HANDSHAKE, Kind.TLS, Kind.HTTP2);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true);
    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(16).start();
    private static final ImageClient FIRST = client(HttpProtocol.HTTP11);
    private static final ImageClient SECOND = client(HttpProtocol.H2);

    @AfterAll
    static void stop() {
        FIRST.close();
        SECOND.close();
        EMULATOR.close();
    }

    @AfterEach
    void everyFaultHasHappened() {
        int remaining = EMULATOR.remainingFaults();
        EMULATOR.clearFaults();
        assertThat(remaining).isZero();
    }

    private static ImageClient fresh(HttpProtocol protocol) {
        return client(protocol).timeouts(t -> t.connect(Duration.ofSeconds(3)));
    }

    private static ImageClient client(HttpProtocol protocol) {
        return ImageClient.openRouter("sk-test")
                .baseUrl(EMULATOR.tlsBaseUrl("openrouter").toString())
                .customize(http -> http.protocol(protocol).secure(spec -> spec.sslContext(trusting(protocol))));
    }

    private static SslContext trusting(HttpProtocol protocol) {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(EMULATOR.certificateAuthority())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            protocol == HttpProtocol.H2 ? "h2" : "http/1.1"))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a request ends in which met a fault, on whatever connection there is. */
    private static Ending ending(ImageClient client, Fault.Plan plan) {
        int before = EMULATOR.journal().entries().size();
        EMULATOR.enqueue(plan);
        var ending = client.rateLimits(r -> r.gate(RateGates.inMemory()))
                .result(REQUEST)
                .map(result ->
                        EMULATOR.journal().entries().size() - before == 1 ? Ending.UNDERSTOOD : Ending.TRIED_AGAIN)
                .onErrorResume(failure -> Mono.just(Ending.of(failure)))
                .block(PATIENCE);
        var asked = EMULATOR.journal().awaitSettled(PATIENCE).entries();
        assertThat(asked.subList(before, asked.size()).stream()
                        .filter(entry -> entry.images().accepted() > 0))
                .as("%s was taken on", plan)
                .hasSizeLessThanOrEqualTo(1);
        return ending;
    }

    static Stream<Fault> handshakes() {
        return Arrays.stream(Fault.values()).filter(fault -> fault.kind() == Kind.HANDSHAKE);
    }

    /** Nothing was sent, so it is tried again; and nothing was sent where nobody vouches. */
    @ParameterizedTest
    @MethodSource("handshakes")
    void aHandshakeThatFailsOnceIsTriedAgainAndTheRequestIsMadeOnce(Fault fault) {
        try (var client = fresh(HttpProtocol.HTTP11)) {
            assertThat(ending(client, fault.once())).isEqualTo(Ending.UNDERSTOOD);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"WRONG_HOST", "EXPIRED_CERTIFICATE", "UNTRUSTED_CERTIFICATE", "HANDSHAKE_CUT"})
    void oneThatNeverSucceedsIsUnavailableAndNothingWasSent(Fault fault) {
        int before = EMULATOR.journal().entries().size();
        try (var client = fresh(HttpProtocol.HTTP11)) {
            EMULATOR.enqueue(fault.times(1000));
            StepVerifier.create(settled(client.generate(REQUEST)))
                    .expectError(UnavailableException.class)
                    .verify(PATIENCE);
        } finally {
            EMULATOR.clearFaults();
        }
        assertThat(EMULATOR.journal().entries()).hasSize(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TRUNCATED_RECORD", "NO_CLOSE_NOTIFY", "TRUNCATED", "CUT", "RESET", "HALF_CLOSE", "EMPTY_REPLY"})
    void whatIsCutByTlsIsAnUnknownOutcome(Fault fault) {
        assertThat(ending(FIRST, fault.once())).isEqualTo(Ending.UNKNOWN);
        assertThat(ending(FIRST, Fault.NONE.once())).as("the next").isEqualTo(Ending.UNDERSTOOD);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"STREAM_RESET", "GOAWAY_CUT", "TRUNCATED", "CUT", "RESET", "EMPTY_REPLY"})
    void whatIsCutByHttp2IsAnUnknownOutcome(Fault fault) {
        try (var client = fresh(HttpProtocol.H2)) {
            assertThat(ending(client, fault.once())).isEqualTo(Ending.UNKNOWN);
        }
    }

    /** The protocol's own word that it was never accepted: known to whoever asks for it, and no more than unknown to others. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REFUSED_STREAM", "GOAWAY_REFUSED"})
    void whatHttp2NeverAcceptedIsMadeAtMostOnce(Fault fault) {
        assertThat(ending(SECOND, fault.once())).isIn(Ending.UNKNOWN, Ending.TRIED_AGAIN);
        assertThat(ending(SECOND, Fault.NONE.once())).as("the next").isEqualTo(Ending.UNDERSTOOD);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"GOAWAY", "DRIP", "GZIP", "DEFLATE", "LATE_HEADERS"})
    void whatIsWholeIsUnderstoodByHttp2(Fault fault) {
        assertThat(ending(SECOND, fault == Fault.LATE_HEADERS ? fault.lasting(Duration.ofMillis(20)) : fault.once()))
                .isEqualTo(Ending.UNDERSTOOD);
    }

    @Test
    void everyFaultOfTheseKindsIsTried() {
        var tried = new TreeSet<String>();
        for (var method : SecureFaultsTest.class.getDeclaredMethods()) {
            var named = method.getAnnotation(EnumSource.class);
            tried.addAll(named == null ? List.of() : List.of(named.names()));
        }
        handshakes().map(Fault::name).forEach(tried::add);

        assertThat(tried)
                .containsAll(Arrays.stream(Fault.values())
                        .filter(fault -> KINDS.contains(fault.kind()))
                        .map(Fault::name)
                        .toList());
    }
}
