package dev.darkroom.pipeline;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An emulator, a client of it, and a folder; the emulator's journal is the judge. */
final class Lab implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    final RunningEmulator emulator;
    final ImageClient client;
    final Path folder;
    private final String gateway;

    Lab(String gateway, Path folder) {
        this(gateway, folder, ImageEmulator.create().shrink(32));
    }

    Lab(String gateway, Path folder, ImageEmulator setting) {
        this.gateway = gateway;
        this.folder = folder;
        emulator = setting.start();
        client = ImageClient.named(gateway, "sk-test")
                .baseUrl(emulator.baseUrl(gateway).toString())
                .downloads(d -> d.allow("127.0.0.1"));
    }

    Path out() {
        return folder.resolve("out");
    }

    Path input(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    PipelineOptions options(Path input) {
        return PipelineOptions.of(Gateways.named(gateway), out()).input(input);
    }

    Pipeline open(Path input, Path out) throws IOException {
        return Pipeline.open(PipelineOptions.of(Gateways.named(gateway), out).input(input), client);
    }

    Summary run(Path input) throws IOException {
        return run(input, options -> options);
    }

    Summary run(Path input, UnaryOperator<PipelineOptions> change) throws IOException {
        try (var pipeline = Pipeline.open(change.apply(options(input)), client)) {
            pipeline.run().blockLast(PATIENCE);
            return pipeline.report();
        }
    }

    List<Map<String, @Nullable Object>> manifest() throws IOException {
        return Files.readAllLines(out().resolve("manifest.jsonl")).stream()
                .map(Json::read)
                .toList();
    }

    List<@Nullable Object> manifest(String field) throws IOException {
        return manifest().stream().map(line -> line.get(field)).collect(Collectors.toList());
    }

    /** How often each prompt was taken. */
    Map<String, Long> accepted() {
        return emulator.journal().awaitSettled(PATIENCE).accepted().stream()
                .map(Lab::prompt)
                .collect(Collectors.groupingBy(prompt -> prompt, Collectors.counting()));
    }

    int posts() {
        return emulator.journal().entries().size();
    }

    private static String prompt(Entry entry) {
        return entry.body().path("prompt").asString();
    }

    /** Pictures, by their names below the folder. */
    List<String> pictures() throws IOException {
        try (var files = Files.walk(out())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> out().relativize(file).toString())
                    .filter(name -> !name.startsWith(".darkroom") && !RunFolder.isOurs(name))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        client.close();
        emulator.close();
    }
}
