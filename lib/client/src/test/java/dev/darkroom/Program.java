package dev.darkroom;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of this machine on a free port of the loopback interface. Tests without it are skipped. */
final class Program implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

    private final Process process;
    private final Path folder;
    private final int port;

    private Program(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Ends the test, and says so, unless a program is there. */
    static void require(String name, String reason) {
        var folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        if (Stream.of(folders.split(Pattern.quote(File.pathSeparator)))
                .noneMatch(folder -> new File(folder, name).canExecute())) {
            skip(reason + " need " + name + " on the path");
        }
    }

    static void skip(String why) {
        System.out.println("SKIPPED: " + why);
        abort(why);
    }

    /** Whether a command is there, and ends well. */
    static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A folder that a program without rights of its own may read. */
    static Path folder(Path parent) throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.createDirectories(parent);
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param folder where it works, and what it says is kept
     */
    static Program start(Path folder, int port, String... command) throws IOException {
        var log = folder.resolve("said.txt");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var end = System.nanoTime() + PATIENCE;
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " does not run: " + Files.readString(log));
            }
            Thread.onSpinWait();
        }
        return new Program(process, folder, port);
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** As with {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As with {@code kill -NAME}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public String toString() {
        return process.info().command().orElse("") + " in " + folder;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
    }
}
