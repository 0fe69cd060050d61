package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Gateways;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.testsupport.PostcardJar;
import dev.darkroom.testsupport.PostcardOffice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the lines of one block. A command of ours runs in this JVM, against an emulator where the line names nobody else; files go
 * to a folder of the test, ports are free ones, and {@code ID} is the id of an image that is kept. Whatever is none of what a
 * document of ours may say is a failure, so that a new kind of line asks for a new way to try it.
 */
final class DocumentShell implements AutoCloseable {

    private static final Pattern EXIT_CODE = Pattern.compile("# .*\\bexit code (\\d+)");
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
    private static final List<String> JAR = List.of("java", "-jar", "samples/cli/target/darkroom.jar");
    private static final List<String> BESIDE =
            List.of("java", "-cp", "samples/cli/target/darkroom.jar:postcard.jar", Darkroom.class.getName());
    /** What serves a page, and the sample that it is. */
    private static final Map<List<String>, String> PAGES = Map.of(
            List.of("java", "-jar", "samples/preview/target/darkroom-preview.jar"),
            "preview",
            List.of(
                    "java",
                    "-jar",
                    "samples/quickstart/target/darkroom-quickstart.jar",
                    "--darkroom.emulator.enabled=true"),
            "quickstart");

    private final Path root;
    private final Path folder;
    private final RunningEmulator emulator;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<InterruptSignal> servers = new ArrayList<>();

    DocumentShell(Path root, Path folder, RunningEmulator emulator) {
        this.root = root;
        this.folder = folder;
        this.emulator = emulator;
        Gateways.all().forEach(provider -> variables.put(provider.keyVariable(), "sk-test"));
    }

    void run(String line) throws Exception {
        var expected = EXIT_CODE.matcher(line);
        var exitCode = expected.find() ? Integer.parseInt(expected.group(1)) : 0;
        for (var command : Words.uncommented(line).split("&&")) {
            if (!command.isBlank()) {
                run(command.strip(), exitCode);
            }
        }
    }

    private void run(String command, int exitCode) throws Exception {
        var background = command.endsWith("&");
        var words = Words.of(background ? command.substring(0, command.length() - 1) : command, variables);
        if (words.get(0).equals("$")) {
            words = words.subList(1, words.size());
        }
        while (words.get(0).matches("export|\\w+=.*")) {
            set(words.get(0));
            words = words.subList(1, words.size());
            if (words.isEmpty()) {
                return;
            }
        }
        if (words.get(0).equals("mvn")) {
            MavenLine.check(root, words.subList(1, words.size()));
        } else if (PAGES.containsKey(words)) {
            var sample = PAGES.get(words);
            assertThat(Files.readString(root.resolve("samples/" + sample + "/pom.xml")))
                    .contains("<finalName>darkroom-" + sample + "</finalName>");
        } else if (words.size() > BESIDE.size()
                && words.subList(0, BESIDE.size()).equals(BESIDE)) {
            withPostcards(words.subList(BESIDE.size(), words.size()), exitCode);
        } else if (words.size() > JAR.size() && words.subList(0, JAR.size()).equals(JAR)) {
            ours(words.subList(JAR.size(), words.size()), background, exitCode);
        } else if (words.get(0).equals("darkroom")) {
            ours(words.subList(1, words.size()), background, exitCode);
        } else {
            throw new AssertionError("nobody runs this: " + command);
        }
    }

    private void set(String word) {
        var equals = word.indexOf('=');
        if (equals > 0) {
            variables.put(word.substring(0, equals), word.substring(equals + 1));
        }
    }

    private void ours(List<String> words, boolean background, int exitCode) throws Exception {
        if (words.get(0).equals("emulate")) {
            serve(new ArrayList<>(words), background);
            return;
        }
        var run = Run.of(variables, situated(words).toArray(String[]::new));
        assertThat(run.exitCode()).as("%s%n%s", words, run.err()).isEqualTo(exitCode);
    }

    /** With the jar of the example beside everything else, and its gateway open. */
    private void withPostcards(List<String> words, int exitCode) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var office = new PostcardOffice();
                var loader = PostcardJar.loader(PostcardJar.in(folder))) {
            thread.setContextClassLoader(loader);
            var port = URI.create(office.baseUrl()).getPort();
            ports.put(String.valueOf(port), port);
            var all = new ArrayList<>(words);
            all.addAll(List.of("--base-url", office.baseUrl()));
            ours(all, false, exitCode);
            assertThat(office.letters()).hasSize(1);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** In the background it goes on until the block ends, elsewhere it is stopped as soon as it serves. */
    private void serve(List<String> words, boolean background) throws Exception {
        var at = words.indexOf("--port");
        var port = at < 0 ? "" : words.set(at + 1, "0");
        var interruptSignal = new InterruptSignal();
        if (!background) {
            interruptSignal.interrupt();
            var run = Run.of(variables, interruptSignal, words.toArray(String[]::new));
            assertThat(run.exitCode())
                    .as(run.err())
                    .isEqualTo(words.contains("--models") ? ExitStatus.DONE : ExitStatus.INTERRUPTED);
            return;
        }
        servers.add(interruptSignal);
        var said = new CompletableFuture<String>();
        var unused = CompletableFuture.supplyAsync(
                () -> Run.listening(variables, interruptSignal, said::complete, words.toArray(String[]::new)),
                task -> new Thread(task).start());
        var address = ADDRESS.matcher(said.get(3, TimeUnit.MINUTES));
        assertThat(address.find()).isTrue();
        ports.put(port, Integer.parseInt(address.group(1)));
    }

    private List<String> situated(List<String> words) throws IOException {
        var all = new ArrayList<String>();
        for (var word : words) {
            all.add(
                    word.equals("ID")
                            ? savedEvent()
                            : ADDRESS.matcher(word)
                                    .replaceAll(match -> "127.0.0.1:" + ports.getOrDefault(match.group(1), 1)));
        }
        var command = words.get(0);
        if (command.startsWith("-")) {
            return all;
        }
        if (!all.contains("--base-url") && !all.contains("--emulator")) {
            all.addAll(List.of("--base-url", provider(words).baseUrl(emulator).toString()));
        }
        if (command.equals("batch") && !all.get(1).startsWith("-")) {
            all.set(1, prompts(all.get(1)).toString());
        }
        var out = all.indexOf("--out");
        if (out >= 0) {
            all.set(out + 1, folder.resolve(all.get(out + 1)).toString());
        } else if (List.of("generate", "batch").contains(command)
                || all.subList(0, 2).equals(List.of("images", "get"))) {
            all.addAll(List.of("--out", folder.resolve("darkroom-out").toString()));
        }
        return all;
    }

    /** A file of prompts, if there is none of that name yet. */
    private Path prompts(String name) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            Files.writeString(file, "{\"prompt\": \"a lighthouse\", \"out\": \"dawn.png\"}\na fox\n");
        }
        return file;
    }

    private static Provider provider(List<String> words) {
        var named = words.indexOf("--provider");
        if (named >= 0) {
            return Provider.of(words.get(named + 1));
        }
        return words.get(0).equals("images") ? Provider.of("token360") : Provider.of("openrouter");
    }

    /** The id of an image which the emulator keeps, a new one each time. */
    private String savedEvent() {
        var base = Provider.of("token360").baseUrl(emulator).toString();
        Run.of(variables, Run.args("generate", "kept", "--provider", "token360", "--base-url", base, "--out", folder));
        var newest = Run.of(variables, "images", "list", "--json", "--limit", "1", "--base-url", base);
        return String.valueOf(newest.json().get(0).get("id"));
    }

    @Override
    public void close() {
        servers.forEach(InterruptSignal::interrupt);
    }
}
