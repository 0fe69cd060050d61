package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts become pictures, a manifest and contact sheets, once. */
class PipelineTest {

    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void start() {
        lab = new Lab("openai", folder);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void eachPromptHasItsPictureItsLineInTheManifestAndItsPlaceOnTheSheets() throws Exception {
        var input = lab.input(
                "prompts.jsonl", "{\"prompt\": \"a <fox>\", \"out\": \"animals/fox.png\", \"id\": \"f1\"}", "an owl");

        var summary = lab.run(input);

        assertThat(summary.isComplete()).isTrue();
        assertThat(lab.pictures()).containsExactly("00002-an-owl.png", "animals/fox.png");
        assertThat(ImageIO.read(lab.out().resolve("animals/fox.png").toFile())).isNotNull();
        assertThat(lab.manifest("prompt")).containsExactly("a <fox>", "an owl");
        assertThat(lab.manifest("id")).containsExactly("f1", null);
        assertThat(lab.manifest("state")).containsOnly("done");
        assertThat(lab.manifest().get(0).get("files").toString()).contains("animals/fox.png", "image/png");
        assertThat(lab.out().resolve("contact-sheet.html"))
                .content()
                .contains("2 of 2 done", "src=\"./animals/fox.png\"", "a &lt;fox&gt;");
        assertThat(ImageIO.read(lab.out().resolve("contact-sheet.png").toFile()).getWidth())
                .isGreaterThan(400);
    }

    @Test
    void severalPicturesOfAPromptAreCounted() throws Exception {
        lab.run(lab.input("prompts.jsonl", "{\"prompt\": \"a fox\", \"out\": \"fox.png\", \"n\": 2}"));

        assertThat(lab.pictures()).containsExactly("fox-1.png", "fox-2.png");
    }

    @Test
    void whatIsDoneIsNotSentAgain() throws Exception {
        var input = lab.input("prompts.txt", "a fox", "an owl");
        lab.run(input);

        var again = lab.run(input);

        assertThat(lab.posts()).isEqualTo(2);
        assertThat(again.progress().earlier()).isEqualTo(2);
        assertThat(again.isComplete()).isTrue();
    }

    @Test
    void promptsAtTheEndMayBeAdded() throws Exception {
        lab.run(lab.input("prompts.txt", "a fox"));

        lab.run(lab.input("prompts.txt", "a fox", "an owl"));

        assertThat(lab.accepted()).containsOnlyKeys("a fox", "an owl").containsEntry("a fox", 1L);
    }

    @Test
    void aPromptThatWasChangedAfterItWasSentIsNotMistakenForAnother() throws Exception {
        lab.run(lab.input("prompts.txt", "a fox", "an owl"));

        assertThatThrownBy(() -> lab.run(lab.input("prompts.txt", "a fox", "a bear")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("line 2: it is not what it was when it was sent");
        assertThatThrownBy(() -> lab.run(lab.input("prompts.txt", "a fox")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("the journal knows of 2");
        assertThat(lab.posts()).isEqualTo(2);
    }

    @Test
    void promptsOfStandardInputAreKeptForTheNextRun() throws Exception {
        var options = PipelineOptions.of(dev.darkroom.Gateways.named("openai"), lab.out());
        for (var run = 0; run < 2; run++) {
            var stdin = new ByteArrayInputStream("a fox\nan owl\n".getBytes(StandardCharsets.UTF_8));
            try (var pipeline = Pipeline.open(options, lab.client, stdin)) {
                pipeline.run().blockLast(Lab.PATIENCE);
                pipeline.report();
            }
        }

        assertThat(lab.posts()).isEqualTo(2);
        assertThat(lab.pictures()).hasSize(2);
    }

    @Test
    void aSecondProcessOnTheSameFolderIsRefused() throws Exception {
        var input = lab.input("prompts.txt", "a fox");
        try (var first = Pipeline.open(lab.options(input), lab.client)) {
            assertThatThrownBy(() -> Pipeline.open(lab.options(input), lab.client))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("another process works in");
            first.run().blockLast(Lab.PATIENCE);
        }

        assertThat(lab.run(input).isComplete()).isTrue();
        assertThat(lab.posts()).isOne();
    }

    @Test
    void nothingIsReadAheadOfWhatIsAskedFor() throws Exception {
        var input = lab.input("prompts.txt", "a fox", "an owl", "a bear", "a crab");
        try (var pipeline = Pipeline.open(lab.options(input).concurrency(1), lab.client)) {
            pipeline.run().take(2).blockLast(Lab.PATIENCE);
        }

        assertThat(lab.accepted()).doesNotContainKeys("a crab");
    }

    @Test
    void neitherJournalNorSheetHoldsAKeyAndTheJournalNoPrompt() throws Exception {
        lab.run(lab.input("prompts.txt", "a fox of the secret"), o -> o.names("{index}"));

        assertThat(Files.readString(lab.out().resolve(".darkroom/journal.jsonl")))
                .doesNotContain("secret")
                .doesNotContain("sk-test");
        assertThat(Files.readString(lab.out().resolve("manifest.jsonl"))).doesNotContain("sk-test");
    }

    @Test
    void seedsFollowThePolicyAndTheLineItself() throws Exception {
        var postcards = new Lab("openrouter", folder.resolve("or"));
        try (postcards) {
            Files.createDirectories(postcards.folder);
            var input = postcards.input(
                    "p.jsonl",
                    "{\"prompt\": \"a\", \"model\": \"darkroom/studio\"}",
                    "{\"prompt\": \"b\", \"model\": \"darkroom/studio\", \"seed\": 3}",
                    "{\"prompt\": \"c\", \"model\": \"darkroom/studio\"}");
            postcards.run(input, o -> o.seeds(SeedPolicy.of("count:7")).names("{seed}-{slug}"));
            assertThat(postcards.pictures()).containsExactly("3-b.png", "7-a.png", "9-c.png");
        }
    }
}
