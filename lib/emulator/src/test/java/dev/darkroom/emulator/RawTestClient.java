package dev.darkroom.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;

/** Asks over a bare socket, and sees every byte: head, chunk sizes, how the connection ended. */
final class RawTestClient {

    private RawTestClient() {}

    /** How a connection ended. */
    enum End {
        FIN,
        RST,
        SILENCE
    }

    /** What came over the socket. */
    record Answer(String text, End end) {

        String head() {
            int end = text().indexOf("\r\n\r\n");
            return end < 0 ? text() : text().substring(0, end);
        }

        List<String> headerLines() {
            return head().lines().skip(1).toList();
        }

        /** The chunks of a chunked body; the last one is empty if the body ended as it should. */
        List<String> chunks() {
            var chunks = new ArrayList<String>();
            String rest = text().substring(head().length() + 4);
            while (rest.contains("\r\n")) {
                int size = Integer.parseInt(rest.substring(0, rest.indexOf("\r\n")), 16);
                int start = rest.indexOf("\r\n") + 2;
                if (start + size > rest.length()) {
                    break;
                }
                chunks.add(rest.substring(start, start + size));
                rest = rest.substring(Math.min(rest.length(), start + size + 2));
            }
            return chunks;
        }

        String body() {
            return String.join("", chunks());
        }

        boolean endsProperly() {
            return text().endsWith("0\r\n\r\n");
        }
    }

    static Answer post(RunningEmulator emulator, JsonNode body, String... headers) {
        return post(emulator, "/openrouter/api/v1/images", body, headers);
    }

    static Answer post(RunningEmulator emulator, String path, JsonNode body, String... headers) {
        try (var socket = open(emulator, path, body, headers)) {
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection on which a request to OpenRouter was written; nothing was read yet. */
    static Socket open(RunningEmulator emulator, JsonNode body, String... headers) throws IOException {
        return open(emulator, "/openrouter/api/v1/images", body, headers);
    }

    /** A connection on which a request was written; nothing was read yet. */
    static Socket open(RunningEmulator emulator, String path, JsonNode body, String... headers) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), emulator.port());
        byte[] bytes = body.toString().getBytes(UTF_8);
        socket.setSoTimeout(20_000);
        var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n")
                .append("Authorization: Bearer sk-test\r\nConnection: close\r\nContent-Length: ")
                .append(bytes.length)
                .append("\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(UTF_8));
        socket.getOutputStream().write(bytes);
        return socket;
    }

    /** Whatever comes until nothing came for a while. */
    static String available(Socket socket, int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        return read(socket).text();
    }

    /**
     * The next that comes over the socket, as far as these words however it is cut, and after how many seconds of a clock which
     * is moved for it.
     */
    static FirstWords firstWords(Socket socket, VirtualTimeScheduler time, String words) throws IOException {
        long end = System.nanoTime() + Deadline.LIMIT.toNanos();
        for (int seconds = 0; System.nanoTime() < end; seconds++) {
            var text = available(socket, 60);
            if (!text.isEmpty()) {
                return new FirstWords(whole(socket, time, text, words), seconds);
            }
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
        throw new AssertionError("nothing came within " + Deadline.LIMIT);
    }

    /** What comes over the socket until these words are in it, however it is cut. */
    static String upTo(String words, Socket socket) throws IOException {
        var text = "";
        for (long end = System.nanoTime() + Deadline.LIMIT.toNanos();
                !text.contains(words) && System.nanoTime() < end; ) {
            text += available(socket, 60);
        }
        return text;
    }

    private static String whole(Socket socket, VirtualTimeScheduler time, String begun, String words)
            throws IOException {
        var text = begun;
        for (long end = System.nanoTime() + Deadline.LIMIT.toNanos();
                !text.contains(words) && System.nanoTime() < end; ) {
            time.advanceTimeBy(Duration.ofSeconds(1));
            text += available(socket, 60);
        }
        return text;
    }

    record FirstWords(String text, int seconds) {}

    private static Answer read(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
            return new Answer(bytes.toString(ISO_8859_1), End.FIN);
        } catch (SocketTimeoutException e) {
            return new Answer(bytes.toString(ISO_8859_1), End.SILENCE);
        } catch (SocketException e) {
            return new Answer(bytes.toString(ISO_8859_1), End.RST);
        }
    }
}
