package dev.darkroom.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Finishes what the last run had begun when it was killed: gives names to drafts that the journal speaks of, and writes down pictures that
 * had arrived whole before anybody could. Blocks; before anything is sent.
 */
final class Recovery {

    private final Journal journal;
    private final JobStates states;
    private final Pictures pictures;
    private final Map<Integer, List<Path>> left;

    private Recovery(Journal journal, JobStates states, Pictures pictures, Map<Integer, List<Path>> left) {
        this.journal = journal;
        this.states = states;
        this.pictures = pictures;
        this.left = left;
    }

    static Recovery of(Journal journal, JobStates states, Pictures pictures) throws IOException {
        var recovery = new Recovery(journal, states, pictures, pictures.leftBehind());
        recovery.nameKnown();
        return recovery;
    }

    private void nameKnown() throws IOException {
        for (var drafts = left.entrySet().iterator(); drafts.hasNext(); ) {
            var prompt = drafts.next();
            var last = journal.last(prompt.getKey());
            if (last != null && !last.pictures().isEmpty()) {
                pictures.named(prompt.getKey(), last.pictures());
                drafts.remove();
            } else if (states.state(prompt.getKey()) != JobState.SENT) {
                for (var draft : prompt.getValue()) {
                    Files.delete(draft); // of a prompt that was refused in the middle of its answer
                }
                drafts.remove();
            }
        }
    }

    /** Whether the pictures of a prompt that was sent had arrived; they are done then. */
    boolean recovered(Job job) throws IOException {
        var drafts = left.remove(job.index());
        if (drafts == null) {
            return false;
        }
        var saved = pictures.unnamed(job, drafts);
        journal.append(JournalEntry.of(job, JobState.DONE)
                        .with(
                                JournalEntry.FILES,
                                saved.stream().map(SavedPicture::json).toList())
                        .with("recovered", true))
                .block();
        pictures.named(job.index(), saved);
        return true;
    }
}
