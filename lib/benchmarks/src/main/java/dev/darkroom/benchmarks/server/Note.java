package dev.darkroom.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * What the server notes of a piece which it wrote.
 *
 * @param port the client's port, which tells the connections apart
 * @param offset how many bytes were written on that connection, this piece included
 * @param nanos {@link System#nanoTime()} just before; on Linux one clock for all processes
 */
public record Note(int port, long offset, long nanos) {

    static final String PATH = "/notes";

    String line() {
        return port + " " + offset + " " + nanos + "\n";
    }

    private static Note parse(String line) {
        var parts = line.split(" ", 3);
        return new Note(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Takes all notes which the server has made since the last time, in order. */
    public static List<Note> take(URI server) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve(PATH)).build();
        var answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofLines());
        return answer.body().map(Note::parse).toList();
    }
}
