package dev.darkroom.pipeline;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lines of a journal on disk. A line that has no end was being written when everything stopped: nobody was told that it is
 * written, so it does not count, and is cut off. Blocks; of one thread, but for reading.
 */
class JournalFile implements AutoCloseable {

    private static final String HEAD = "{\"darkroom\":\"pipeline\",\"version\":1}\n";

    private final FileChannel channel;
    private long size;

    JournalFile(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /** Reads what it says into the states, and opens it. */
    static JournalFile open(Path path, JobStates states, Costs costs) throws IOException {
        var whole = look(path, states, costs);
        var channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.truncate(whole);
        var file = new JournalFile(channel, whole);
        if (whole == 0) {
            file.append(HEAD.getBytes(StandardCharsets.UTF_8));
        }
        Folders.force(path.toAbsolutePath().getParent());
        return file;
    }

    /** Reads what it says into the states, if it is there: up to the end of the last whole line, which is given back. */
    static long look(Path path, JobStates states, Costs costs) throws IOException {
        return Files.exists(path) ? read(path, states, costs) : 0;
    }

    private static long read(Path path, JobStates states, Costs costs) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            var line = new ByteArrayOutputStream();
            var place = 0L;
            for (var number = 1; next(in, line); number++) {
                var text = line.toString(StandardCharsets.UTF_8);
                read(text, number, place, states, costs, path);
                place += line.size() + 1;
            }
            return place;
        }
    }

    private static void read(String text, int number, long place, JobStates states, Costs costs, Path path) {
        try {
            if (number == 1) {
                if (!"pipeline".equals(Json.read(text).get("darkroom"))) {
                    throw new IllegalArgumentException("it is no head of a journal");
                }
                return;
            }
            var entry = JournalEntry.read(text);
            costs.add(entry.unit(), entry.cost());
            states.set(entry.index(), entry.state(), entry.fingerprint(), place);
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    "line " + number + " of " + path + " cannot be read: " + e.getMessage()
                            + ". What was sent is not known without it; use another folder",
                    e);
        }
    }

    private static boolean next(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        for (var octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return true;
            }
            line.write(octet);
        }
        return false;
    }

    long size() {
        return size;
    }

    /** Returns once it is on the disk. */
    void append(byte[] lines) throws IOException {
        var buffer = ByteBuffer.wrap(lines);
        while (buffer.hasRemaining()) {
            size += channel.write(buffer, size);
        }
        channel.force(false);
    }

    String lineAt(long place) throws IOException {
        var line = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(1024);
        for (var at = place; channel.read(buffer, at) > 0; at += buffer.limit(), buffer.clear()) {
            buffer.flip();
            for (var i = 0; i < buffer.limit(); i++) {
                if (buffer.get(i) == '\n') {
                    line.write(buffer.array(), 0, i);
                    return line.toString(StandardCharsets.UTF_8);
                }
            }
            line.write(buffer.array(), 0, buffer.limit());
        }
        throw new IOException("the journal ends in the middle of a line");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
