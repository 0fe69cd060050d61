package dev.darkroom.benchmarks.peers;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.pipeline.Pipeline;
import dev.darkroom.pipeline.PipelineOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The pipeline, as {@code darkroom batch} runs it.
 *
 * @param runs how often it is started; from the second time on for what has failed, too
 */
public record PipelinePainter(int runs) implements BulkPainter {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String title() {
        return runs == 1 ? "Darkroom" : "Darkroom, and once more with `--retry-failed`";
    }

    @Override
    public boolean prepare() {
        return true;
    }

    @Override
    public int paint(URI openAi, Path input, Path folder, int concurrency) throws IOException {
        var unknown = 0;
        for (var run = 1; run <= runs; run++) {
            var options = PipelineOptions.of(Gateways.named("openai"), folder)
                    .input(input)
                    .concurrency(concurrency)
                    .retryFailed(run > 1);
            try (var client = ImageClient.named("openai", "sk-nobody").baseUrl(openAi.toString());
                    var pipeline = Pipeline.open(options, client)) {
                pipeline.run().blockLast(PATIENCE);
                unknown = pipeline.report().unknownLines().size();
            }
        }
        return unknown;
    }
}
