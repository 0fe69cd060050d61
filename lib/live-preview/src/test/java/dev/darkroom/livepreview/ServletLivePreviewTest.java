package dev.darkroom.livepreview;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** On Spring MVC and Tomcat, with virtual threads on a JDK that has them. */
class ServletLivePreviewTest extends LivePreviewContract {

    private static final int MORE_THAN_SOCKETS_HOLD = 24 << 20;

    ServletLivePreviewTest() {
        super(WebApplicationType.SERVLET);
    }

    /** Each asks for more than any socket holds, and reads none of it; the container has two threads. */
    @Test
    void browsersThatReadNothingHoldNoThread() throws IOException {
        List<Socket> stalled = new ArrayList<>();
        try (var visitor = new Visitor(port(), "")) {
            var done = visitor.await(visitor.ask("a fox that is seen"), "done");
            var times = MORE_THAN_SOCKETS_HOLD
                    / done.get("images").get(0).get("bytes").asInt();
            for (int i = 0; i < 4; i++) {
                stalled.add(asking(visitor.path(), 1));
                stalled.add(asking(visitor.picture(done), times));
            }
            visitor.await(visitor.ask("a fox that comes all the same"), "done");
        } finally {
            for (var socket : stalled) {
                socket.close();
            }
        }
    }

    private Socket asking(String path, int times) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress("localhost", port()));
        var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.repeat(times).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
