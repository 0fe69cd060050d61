package dev.darkroom.benchmarks.child;

import dev.darkroom.benchmarks.peers.Contender;
import dev.darkroom.benchmarks.server.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures from the write of a preview's last bytes to the call of its subscriber, and from the read of these bytes where
 * the transport can be looked at.
 */
public final class Latency {

    private Latency() {}

    /** See {@link Arguments}; the count is in streams. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var told = Arguments.parse(arguments);
        var reads = new SocketReads();
        WarmUp.of(told);
        try (var peer = told.contender().connect(told.base(), reads::watch)) {
            peer.read(image -> {});
            Note.take(told.server());
            var arrivals = new ArrayList<Long>();
            for (int i = 0; i < told.count(); i++) {
                peer.read(image -> arrivals.add(System.nanoTime()));
            }
            compare(told, Note.take(told.server()), arrivals, reads);
        }
        System.exit(0);
    }

    private static void compare(Arguments told, List<Note> written, List<Long> arrivals, SocketReads reads) {
        if (written.size() != arrivals.size()) {
            throw new IllegalStateException(written.size() + " written, " + arrivals.size() + " arrived");
        }
        var sinceWrite = new Distribution();
        var sinceRead = new Distribution();
        for (int i = 0; i < written.size(); i++) {
            if (i % told.shape().images() < told.shape().previews()) {
                var note = written.get(i);
                sinceWrite.add((arrivals.get(i) - note.nanos()) / 1e3);
                if (told.contender() != Contender.OPENAI_JAVA) {
                    sinceRead.add((arrivals.get(i) - reads.of(note.port()).begun(note.offset())) / 1e3);
                }
            }
        }
        sinceWrite.say("microsSinceWrite");
        sinceRead.say("microsSinceRead");
    }
}
