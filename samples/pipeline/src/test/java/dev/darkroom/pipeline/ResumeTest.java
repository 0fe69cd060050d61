package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;

/**
 * A run that is killed at any point is gone on with: each prompt has exactly one accepted POST, or is listed as unknown. Killed means that
 * at a byte of the journal the disk dies and everything is cancelled: what the run had done by then it had done, what it would have done it
 * has not.
 */
class ResumeTest {

    private static final List<String> PROMPTS = List.of("a fox", "an owl", "a bear");

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

    private Path input() throws IOException {
        return lab.input("prompts.txt", PROMPTS.toArray(String[]::new));
    }

    /** Takes so many bytes, and the line that would be one too many as far as there is room; then nothing ever comes back. */
    private static final class DyingFile extends JournalFile {

        private final Path path;
        private final long bytes;
        private final CountDownLatch dead = new CountDownLatch(1);

        DyingFile(Path path, long size, long bytes) throws IOException {
            super(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), size);
            this.path = path;
            this.bytes = bytes;
        }

        @Override
        void append(byte[] lines) throws IOException {
            var room = bytes - size();
            if (lines.length <= room) {
                super.append(lines);
                return;
            }
            try (var torn = FileChannel.open(path, StandardOpenOption.WRITE)) {
                torn.write(ByteBuffer.wrap(lines, 0, (int) Math.max(0, room)), size());
            }
            dead.countDown();
            throw new IOException("the power is off");
        }
    }

    /** Runs until the journal has so many bytes, and is killed then; how long the journal of a whole run is if it never gets there. */
    private long killedAt(long bytes) throws Exception {
        var dying = new AtomicReference<DyingFile>();
        try (var pipeline =
                Pipeline.open(lab.options(input()).concurrency(2), lab.client, null, (path, states, costs) -> {
                    JournalFile.open(path, states, costs).close();
                    var file = new DyingFile(path, Files.size(path), bytes);
                    dying.set(file);
                    return file;
                })) {
            var over = new CountDownLatch(1);
            Disposable run = pipeline.run()
                    .materialize() // an error that a subscriber hears while it leaves is dropped by that subscriber
                    .doFinally(end -> over.countDown())
                    .subscribe();
            while (!over.await(1, TimeUnit.MILLISECONDS) && dying.get().dead.getCount() > 0) {
                Thread.onSpinWait();
            }
            run.dispose();
        }
        return dying.get().size();
    }

    private void assertNothingIsPaidTwiceOrLost(String when) throws IOException {
        var summary = lab.run(input());
        var accepted = lab.accepted();
        for (var i = 0; i < PROMPTS.size(); i++) {
            var posts = accepted.getOrDefault(PROMPTS.get(i), 0L);
            if (summary.unknownLines().contains(i + 1L)) {
                assertThat(posts).as(when).isLessThanOrEqualTo(1);
            } else {
                assertThat(posts).as(when).isOne();
                assertThat(lab.manifest("state").get(i)).as(when).isEqualTo("done");
            }
        }
        assertThat(summary.progress().unknown()).as(when).isLessThanOrEqualTo(2);
        for (var picture : lab.pictures()) {
            assertThat(ImageIO.read(lab.out().resolve(picture).toFile()))
                    .as(when)
                    .isNotNull();
        }
    }

    @Test
    void aRunThatIsKilledAtAnyPointIsGoneOnWith() throws Exception {
        var whole = killedAt(Long.MAX_VALUE);
        assertThat(whole).isGreaterThan(800);
        for (var bytes = 40L; bytes < whole + 60; bytes += 53) {
            lab.emulator.journal().clear();
            delete(lab.out());
            killedAt(bytes);
            lab.emulator.journal().awaitSettled(Lab.PATIENCE);
            assertNothingIsPaidTwiceOrLost("killed at byte " + bytes);
        }
    }

    @Test
    void whatTheJournalSaysUpToAnyByteIsWhatItsWholeLinesSay() throws Exception {
        lab.run(input());
        var journal = Files.readAllBytes(lab.out().resolve(".darkroom/journal.jsonl"));
        var copy = folder.resolve("copy.jsonl");
        var lines = 0;
        for (var cut = 0; cut <= journal.length; cut++) {
            Files.write(copy, java.util.Arrays.copyOf(journal, cut));
            var states = new JobStates();
            JournalFile.open(copy, states, new Costs()).close();
            lines += cut > 0 && journal[cut - 1] == '\n' ? 1 : 0;
            var told = Stream.of(JobState.SENT, JobState.DONE)
                    .mapToInt(states::count)
                    .sum();
            assertThat(told).isLessThanOrEqualTo(Math.max(0, lines - 1));
            assertThat(states.count(JobState.DONE) * 2 + states.count(JobState.SENT))
                    .isEqualTo(Math.max(0, lines - 1));
            assertThat(Files.readAllBytes(copy)).endsWith((byte) '\n');
        }
    }

    static Stream<JobState> open() {
        return Stream.of(JobState.SENT, JobState.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("open")
    void thoseOfWhichNobodyKnowsAreListedAndSentAgainOnlyWhenToldTo(JobState state) throws Exception {
        lab.emulator.enqueue(Fault.CUT);
        var first = lab.run(input(), o -> o.concurrency(1));
        assertThat(first.progress().unknown()).isOne();
        assertThat(first.unknownLines()).containsExactly(1L);
        if (state == JobState.SENT) {
            cutLastWordOf(0);
        }

        var second = lab.run(input());
        assertThat(second.unknownLines()).containsExactly(1L);
        assertThat(lab.accepted()).containsEntry("a fox", 1L);

        var third = lab.run(input(), o -> o.resendUnknown(true));
        assertThat(third.isComplete()).isTrue();
        assertThat(lab.accepted()).containsEntry("a fox", 2L).containsEntry("an owl", 1L);
    }

    /** As if it had been killed before it could write down what came. */
    private void cutLastWordOf(int index) throws IOException {
        var journal = lab.out().resolve(".darkroom/journal.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(journal));
        lines.removeIf(line -> line.startsWith("{\"i\":" + index + ",\"state\":\"unknown\""));
        Files.write(journal, lines);
    }

    @Test
    void picturesThatHadArrivedWholeAreFoundAndNotPaidForAgain() throws Exception {
        lab.run(input());
        var journal = lab.out().resolve(".darkroom/journal.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(journal));
        lines.removeIf(line -> line.startsWith("{\"i\":1,\"state\":\"done\""));
        Files.write(journal, lines);
        Files.move(lab.out().resolve("00002-an-owl.png"), lab.out().resolve(".darkroom/drafts/1.0.png"));
        Files.writeString(lab.out().resolve(".darkroom/drafts/2.0.png.tmp"), "half");

        var summary = lab.run(input());

        assertThat(summary.isComplete()).isTrue();
        assertThat(lab.posts()).isEqualTo(3);
        assertThat(lab.pictures()).contains("00002-an-owl.png");
        assertThat(lab.manifest().get(1)).containsEntry("recovered", true);
        assertThat(lab.out().resolve(".darkroom/drafts")).isEmptyDirectory();
    }

    @Test
    void draftsThatTheJournalSpeaksOfGetTheirNames() throws Exception {
        lab.run(input());
        Files.move(lab.out().resolve("00001-a-fox.png"), lab.out().resolve(".darkroom/drafts/0.0.png"));

        lab.run(input());

        assertThat(lab.pictures()).contains("00001-a-fox.png");
        assertThat(lab.posts()).isEqualTo(3);
    }

    @Test
    void aPromptWhoseSentCannotBeWrittenIsNotSent() throws Exception {
        killedAt(40);

        assertThat(lab.posts()).isZero();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
