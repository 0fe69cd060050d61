package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.small;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.journal.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults of TLS, as the JDK's own sockets meet them. */
class TlsFaultTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().partials(2).start();
    private static final Trusting TRUSTING = Trusting.of(EMULATOR);

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    private static SSLSocket open() throws IOException {
        return TRUSTING.socket("http/1.1");
    }

    private static SSLSocket asked(String order) throws IOException {
        var socket = open();
        ask(socket, order);
        return socket;
    }

    private static void ask(SSLSocket socket, String order) throws IOException {
        var body = small(MINI).put("stream", true).toString().getBytes(UTF_8);
        var head = "POST /openrouter/api/v1/images HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sk-test\r\n"
                + FaultHeader.NAME + ": " + order + "\r\nConnection: close\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(body);
    }

    private static Outcome lastOutcome() {
        var entries = EMULATOR.journal().awaitSettled(Deadline.LIMIT).entries();
        return entries.get(entries.size() - 1).outcome();
    }

    @Test
    void whatIsAskedByTlsIsAnsweredByTlsAndItsUrlsLeadThere() throws IOException {
        try (var socket = asked("redirect")) {
            var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.1 302 ").contains("ocation: https://localhost/openrouter");
        }
        assertThat(EMULATOR.tlsBaseUrl("openai"))
                .hasScheme("https")
                .hasHost("localhost")
                .hasPort(EMULATOR.tlsBaseUrl("ark").getPort())
                .hasPath("/openai/v1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"WRONG_HOST", "EXPIRED_CERTIFICATE", "UNTRUSTED_CERTIFICATE", "HANDSHAKE_CUT"})
    void aHandshakeCanFailOnceWithoutAnyRequest(Fault fault) throws IOException {
        int before = EMULATOR.journal().entries().size();
        EMULATOR.enqueue(fault);
        try (var socket = open()) {
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .satisfies(failure -> {
                        if (fault != Fault.HANDSHAKE_CUT) {
                            assertThat(failure).isInstanceOf(SSLHandshakeException.class);
                        }
                    });
        }
        try (var next = open()) {
            next.startHandshake();
            assertThat(next.getSession().isValid()).isTrue();
        }
        assertThat(EMULATOR.remainingFaults()).isZero();
        assertThat(EMULATOR.journal().entries()).hasSize(before);
    }

    @Test
    void eachCertificateIsWrongInItsOwnWay() throws Exception {
        EMULATOR.enqueue(Fault.WRONG_HOST, Fault.EXPIRED_CERTIFICATE, Fault.UNTRUSTED_CERTIFICATE, Fault.NONE);
        var wrong = certificate();
        assertThat(wrong.getSubjectAlternativeNames().toString()).contains("elsewhere.example");
        wrong.checkValidity();
        wrong.verify(EMULATOR.certificateAuthority().getPublicKey());
        var expired = certificate();
        assertThat(expired.getSubjectAlternativeNames().toString()).contains("localhost");
        assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);
        var untrusted = certificate();
        untrusted.checkValidity();
        assertThatThrownBy(
                        () -> untrusted.verify(EMULATOR.certificateAuthority().getPublicKey()))
                .isInstanceOf(SignatureException.class);
        EMULATOR.clearFaults();
        assertThat(certificate().getSubjectAlternativeNames().toString())
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    private static X509Certificate certificate() throws IOException {
        try (var socket =
                Trusting.everybody().connect(EMULATOR.tlsBaseUrl("openai").getPort(), "http/1.1")) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void aHandshakeCanBeSilent() throws IOException {
        EMULATOR.enqueue(Fault.HANDSHAKE_STALL);
        try (var socket = open()) {
            socket.setSoTimeout(200);
            assertThatThrownBy(socket::startHandshake)
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isInstanceOf(SocketTimeoutException.class),
                            failure -> assertThat(failure).hasRootCauseInstanceOf(SocketTimeoutException.class));
        }
    }

    @Test
    void aRecordCanEndInItsMiddle() throws IOException {
        var answer = recorded("truncated-record; after=0");

        assertThat(answer.text())
                .startsWith("HTTP/1.1 200 OK")
                .contains("data: {")
                .doesNotContain("\n\n");
        assertThat(answer.lastRecord())
                .as("a record of 16 KiB, and what came of it")
                .isEqualTo("16384 of which 8");
        assertThat(lastOutcome()).isInstanceOf(Outcome.Broken.class);
    }

    /** A goodbye is an encrypted alert: two bytes, one for what it is, sixteen of the cipher's, and sixteen more of the JDK's. */
    @Test
    void anEndCanComeWithoutAGoodbye() throws IOException {
        var answer = recorded("no-close-notify");

        assertThat(answer.text())
                .doesNotContain("chunked")
                .doesNotContain("Content-Length")
                .contains("data: {");
        assertThat(answer.lastRecord()).isNotEqualTo("35 of which 35");
        assertThat(recorded("truncated").lastRecord()).isEqualTo("35 of which 35");
    }

    /** What was said, and the bytes in which it came. */
    @SuppressWarnings("ArrayRecordComponent") // made for one reader
    private record Recorded(String text, byte[] wire) {

        /** The length which the last record announces, and that which came. */
        String lastRecord() {
            int at = 0;
            while (true) {
                int length = ((wire[at + 3] & 0xFF) << 8) | (wire[at + 4] & 0xFF);
                int next = at + 5 + length;
                if (next >= wire.length) {
                    return length + " of which " + (wire.length - at - 5);
                }
                at = next;
            }
        }
    }

    private static Recorded recorded(String order) throws IOException {
        var wire = new ByteArrayOutputStream();
        try (var socket = TRUSTING.recorded(wire)) {
            ask(socket, order);
            return new Recorded(new String(socket.getInputStream().readAllBytes(), ISO_8859_1), wire.toByteArray());
        }
    }

    @Test
    void whoSpeaksPlainHttpToItIsNotAnswered() throws IOException {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), EMULATOR.tlsBaseUrl("openai").getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        }
    }
}
