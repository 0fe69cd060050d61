package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as people have them run as they are; what is wrong with a line is found before anything is sent. */
class InputTest {

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
    void aFileOfThePublishedBatchScriptRunsUnchanged() throws Exception {
        var input = lab.input(
                "prompts.jsonl",
                "# assets for the landing page",
                "",
                "{\"prompt\": \"Cavernous hangar interior\", \"size\": \"1536x1024\", \"quality\": \"low\", \"out\": \"hangar.png\"}",
                "{\"prompt\": \"Gray wolf in profile\", \"use_case\": \"photorealistic-natural\", \"fields\": {\"scene\": \"forest\","
                        + " \"text\": \"WOLF\"}, \"constraints\": \"no watermark\", \"size\": \"auto\", \"n\": 2,"
                        + " \"output_format\": \"jpeg\", \"output_compression\": 80, \"background\": \"opaque\","
                        + " \"moderation\": \"low\", \"model\": \"gpt-image-1.5\"}",
                "A robot, flat colours");

        var summary = lab.run(input);

        assertThat(summary.isComplete()).isTrue();
        assertThat(lab.pictures())
                .containsExactly(
                        "00002-use-case-photorealistic-natural-primary-request-1.jpg",
                        "00002-use-case-photorealistic-natural-primary-request-2.jpg",
                        "00003-a-robot-flat-colours.png",
                        "hangar.png");
        assertThat(lab.manifest("prompt").get(1))
                .isEqualTo("Use case: photorealistic-natural\nPrimary request: Gray wolf in profile\n"
                        + "Scene/background: forest\nText (verbatim): \"WOLF\"\nConstraints: no watermark");
    }

    @Test
    void aFormatMayBeCalledAsFilesAre() throws Exception {
        lab.run(lab.input("p.jsonl", "{\"prompt\": \"a fox\", \"out\": \"fox\", \"output_format\": \"jpg\"}"));

        assertThat(lab.pictures()).containsExactly("fox.jpg");
    }

    @Test
    void aTableHasARecordForEachPromptWithQuotesAndLineEndsInIt() throws Exception {
        var input = lab.input(
                "prompts.csv",
                "\ufeffprompt,out,size,n",
                "\"a fox, \"\"red\"\"\nin the snow\",fox.png,1024x1024,",
                "an owl,,,2");

        lab.run(input);

        assertThat(lab.pictures()).containsExactly("00002-an-owl-1.png", "00002-an-owl-2.png", "fox.png");
        assertThat(lab.accepted()).containsKeys("a fox, \"red\"\nin the snow", "an owl");
        assertThat(lab.manifest("line")).containsExactly(2, 4);
    }

    @Test
    void aLineOfTextIsAPromptWhateverItBeginsWith() throws Exception {
        lab.run(lab.input("prompts.txt", "# one fan", "", "{ a brace"));

        assertThat(lab.accepted()).containsOnlyKeys("# one fan", "{ a brace");
    }

    @Test
    void referencesAreLookedForBesideTheInput() throws Exception {
        lab.run(lab.input("one.txt", "a fox"), o -> o.names("fox"));
        Files.move(lab.out().resolve("fox.png"), folder.resolve("fox.png"));
        var input = lab.input("edits.jsonl", "{\"prompt\": \"make it night\", \"references\": [\"fox.png\"]}");
        try (var pipeline = Pipeline.open(
                PipelineOptions.of(dev.darkroom.Gateways.named("openai"), folder.resolve("edits"))
                        .input(input),
                lab.client)) {
            assertThat(pipeline.run().blockLast(Lab.PATIENCE).state()).isEqualTo(JobState.DONE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt\": \"x\", \"out\": \"../x.png\"} | not inside of the output folder",
                "{\"prompt\": \"x\", \"out\": \"/tmp/x.png\"} | not inside of the output folder",
                "{\"prompt\": \"x\", \"out\": \".darkroom/x.png\"} | kept for the pipeline itself",
                "{\"prompt\": \"x\", \"out\": \"manifest.jsonl\"} | kept for the pipeline itself",
                "{\"prompt\": \"x\", \"out\": \"taken.png\"} | there is a file taken.png already",
                "{\"prompt\": \"x\", \"out\": \"First.png\"} | as that of line 1",
                "{\"prompt\": \"x\", \"references\": [\"nothing.png\"]} | there is no readable file nothing.png",
                "{\"prompt\": \"x\", \"qualty\": \"low\"} | there is no option 'qualty'",
                "{\"prompt\": \"x\", \"n\": \"many\"} | n: it must be a whole number",
                "{\"prompt\": \"x\", \"n\": 99} | n",
                "{\"prompt\": \"x\", \"seed\": 7} | does not take seed",
                "{\"prompt\": \" \"} | it has no prompt",
                "{\"promt\": \"x\"} | it has no prompt",
                "{\"prompt\": \"x\" | it is no JSON object",
                "{\"prompt\": \"x\", \"prompt\": \"y\"} | it is no JSON object",
            })
    void whatIsWrongWithALineIsFoundBeforeAnythingIsSent(String line, String message) throws Exception {
        Files.createDirectories(lab.out());
        Files.writeString(lab.out().resolve("taken.png"), "");
        var input = lab.input("p.jsonl", "{\"prompt\": \"a fox\", \"out\": \"first.png\"}", "an owl", line);

        assertThatThrownBy(() -> lab.run(input))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("line 3: ")
                .hasMessageContaining(message);
        assertThat(lab.posts()).isZero();
    }

    @Test
    void manyFaultsAreCountedAndTheFirstOnesTold() throws Exception {
        var lines = IntStream.range(0, 50).mapToObj(i -> "{\"prompt\": \"\"}").toArray(String[]::new);

        assertThatThrownBy(() -> lab.run(lab.input("p.jsonl", lines)))
                .hasMessageStartingWith("50 lines of the input will not do, so nothing is sent:\nline 1: ")
                .hasMessageEndingWith("… and 30 more");
    }

    @Test
    void anInputThatIsRefusedLeavesNothingWhereNothingWas() throws Exception {
        var input = lab.input("p.jsonl", "{\"prompt\": \"a fox\", \"sise\": \"1024x1024\"}");
        var out = folder.resolve("new/out");

        assertThatThrownBy(() -> lab.open(input, out)).isInstanceOf(PipelineException.class);

        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void anInputThatIsRefusedLeavesWhatWasThere() throws Exception {
        var out = Files.createDirectory(folder.resolve("out"));
        var note = Files.writeString(out.resolve("note.txt"), "mine");
        var refused = lab.input("p.jsonl", "{\"prompt\": \"a fox\", \"sise\": \"1024x1024\"}");
        assertThatThrownBy(() -> lab.open(refused, out)).isInstanceOf(PipelineException.class);
        assertThat(out).isDirectoryContaining(note::equals).isDirectoryNotContaining("glob:**.darkroom");

        lab.open(lab.input("good.jsonl", "a fox"), out).close();
        assertThatThrownBy(() -> lab.open(refused, out)).isInstanceOf(PipelineException.class);
        assertThat(out.resolve(".darkroom/journal.jsonl")).exists();
    }

    @Test
    void anEmptyInputIsTold() throws Exception {
        assertThatThrownBy(() -> lab.run(lab.input("p.jsonl", "# nothing")))
                .hasMessage("there is no prompt in the input");
    }

    @Test
    void fieldsOfSomebodyElseMayBePassedOver() throws Exception {
        lab.run(lab.input("p.csv", "prompt,category", "a fox,animals"), o -> o.ignoreUnknownFields(true));

        assertThat(lab.pictures()).hasSize(1);
    }

    @Test
    void whatStandsInExtraGoesOut() throws Exception {
        lab.run(lab.input("p.jsonl", "{\"prompt\": \"a fox\", \"extra\": {\"hue\": \"warm\"}}"));

        assertThat(lab.emulator.journal().entries().get(0).body().path("hue").asString())
                .isEqualTo("warm");
    }
}
