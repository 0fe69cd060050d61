package dev.darkroom.pipeline;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import java.nio.file.Path;

/** A run in a process of its own, which a test may kill: gateway, base URL, input, folder, concurrency. */
final class ChildRun {

    private ChildRun() {}

    public static void main(String[] args) throws Exception {
        var options = PipelineOptions.of(Gateways.named(args[0]), Path.of(args[3]))
                .input(Path.of(args[2]))
                .names("{index}")
                .concurrency(Integer.parseInt(args[4]));
        try (var client = ImageClient.named(args[0], "sk-test").baseUrl(args[1]);
                var pipeline = Pipeline.open(options, client)) {
            pipeline.run().blockLast();
            var summary = pipeline.report();
            System.out.println(summary.progress());
            System.exit(summary.isComplete() ? 0 : 6);
        }
    }
}
