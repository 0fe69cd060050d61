package dev.darkroom.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers every request with the stream that its path names, whatever it asks for. A thread for each connection and one
 * write for each answer, out of memory the kernel can read: it is not what limits any client.
 *
 * <p>Prints {@code port=<port>}, and ends when its standard input does.
 */
public final class StaticServer {

    private static final int BACKLOG = 4096;
    /** The end of an event which is held back: more than the blank line, less than what follows the image. */
    private static final int TAIL = 16;

    private static final int PAUSE_MILLIS = 60;
    private static final int HOLD_MILLIS = 60;

    private final Map<String, EventStream> streams = new ConcurrentHashMap<>();
    private final Queue<Note> notes = new ConcurrentLinkedQueue<>();
    private final Drip drip = new Drip();

    private StaticServer() {}

    /** Serves until nobody needs it. */
    public static void main(String[] arguments) throws IOException {
        var server = new StaticServer();
        var listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        daemon("accept", () -> server.accept(listener));
        daemon("drip", server.drip);
        System.out.println("port=" + ((InetSocketAddress) listener.getLocalAddress()).getPort());
        while (System.in.read() >= 0) {
            // the parent says nothing; it only ends
        }
    }

    private void accept(ServerSocketChannel listener) {
        while (true) {
            try {
                var channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                daemon("connection", () -> serve(channel));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void serve(SocketChannel channel) {
        try {
            var exchange = new Exchange(channel, notes);
            while (channel.isOpen() && answer(exchange)) {
                // the connection is kept alive
            }
        } catch (IOException | InterruptedException clientIsGone) {
            close(channel);
        }
    }

    /** False if somebody else now writes on this connection. */
    private boolean answer(Exchange exchange) throws IOException, InterruptedException {
        var path = exchange.nextPath();
        if (path.equals(Note.PATH)) {
            exchange.write(notes());
            return true;
        }
        var parts = path.split("/", 4);
        var pace = Pace.valueOf(parts[1]);
        var stream = streams.computeIfAbsent(
                pace + parts[2], key -> new EventStream(Shape.parse(parts[2]), pace == Pace.DRIP));
        switch (pace) {
            case FAST -> exchange.write(stream.all());
            case BURST -> eventByEvent(exchange, stream, 0);
            case HELD -> eventByEvent(exchange, stream, HOLD_MILLIS);
            case DRIP -> drip.add(exchange, stream);
        }
        return pace != Pace.DRIP;
    }

    private static void eventByEvent(Exchange exchange, EventStream stream, int hold)
            throws IOException, InterruptedException {
        var wire = stream.all();
        for (int end : stream.ends()) {
            exchange.write(wire.limit(end - TAIL));
            Thread.sleep(hold);
            exchange.writeNoted(wire.limit(end));
            Thread.sleep(PAUSE_MILLIS);
        }
        exchange.write(stream.all().position(wire.position()));
    }

    private ByteBuffer notes() {
        var lines = new StringBuilder();
        for (var note = notes.poll(); note != null; note = notes.poll()) {
            lines.append(note.line());
        }
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: " + lines.length() + "\r\n\r\n" + lines;
        return ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static void daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // nothing more to do
        }
    }
}
