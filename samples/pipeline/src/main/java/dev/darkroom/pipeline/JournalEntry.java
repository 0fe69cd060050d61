package dev.darkroom.pipeline;

import dev.darkroom.image.ImageException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the journal: what has become of one prompt. Neither the prompt nor a key stands in it; what the gateway said of a failure
 * does, because it is for the one who reads the manifest.
 *
 * @param index which prompt, from 0
 * @param state what it has become
 * @param fingerprint of its line in the input
 * @param facts what else is known, by name, as JSON has it
 */
record JournalEntry(int index, JobState state, int fingerprint, Map<String, @Nullable Object> facts) {

    static final String INDEX = "i";
    static final String STATE = "state";
    static final String FINGERPRINT = "line";
    static final String FILES = "files";
    static final String COST = "cost";
    static final String UNIT = "unit";
    static final String GENERATION = "generation_id";
    static final String AT = "at";

    static JournalEntry of(Job job, JobState state) {
        return new JournalEntry(job.index(), state, job.fingerprint(), new LinkedHashMap<>());
    }

    /** One that ended badly. */
    static JournalEntry of(Job job, JobState state, ImageException failure) {
        var reason = failure.reason();
        return of(job, state)
                .with("kind", failure.outcome().word())
                .with("reason", reason == null ? null : reason.name().toLowerCase(Locale.ROOT))
                .with("billed", failure.billed().name().toLowerCase(Locale.ROOT))
                .with("status", failure.status())
                .with(GENERATION, failure.details().generationId())
                .with("message", failure.getMessage())
                .with("provider_message", failure.providerMessage());
    }

    /** With one more fact; null says nothing. */
    JournalEntry with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new JournalEntry(index, state, fingerprint, more);
    }

    String line(Instant now) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put(INDEX, index);
        all.put(STATE, state.word());
        all.put(FINGERPRINT, Integer.toHexString(fingerprint));
        all.put(AT, now.toString());
        all.putAll(facts);
        return Json.write(all) + "\n";
    }

    /** What a line says, or an {@link IllegalArgumentException}. */
    static JournalEntry read(String line) {
        var all = Json.read(line);
        if (!(all.get(INDEX) instanceof Integer index)
                || index < 0
                || !(all.get(STATE) instanceof String state)
                || !(all.get(FINGERPRINT) instanceof String fingerprint)) {
            throw new IllegalArgumentException("it is no line of a journal");
        }
        return new JournalEntry(
                index,
                JobState.valueOf(state.toUpperCase(Locale.ROOT)),
                Integer.parseUnsignedInt(fingerprint, 16),
                all);
    }

    @Nullable
    String text(String fact) {
        return facts.get(fact) instanceof String text ? text : null;
    }

    @Nullable
    BigDecimal cost() {
        return facts.get(COST) instanceof Number || facts.get(COST) instanceof String
                ? new BigDecimal(String.valueOf(facts.get(COST)))
                : null;
    }

    String unit() {
        var unit = text(UNIT);
        return unit == null ? "" : unit;
    }

    List<SavedPicture> pictures() {
        var pictures = new ArrayList<SavedPicture>();
        if (facts.get(FILES) instanceof List<?> files) {
            files.forEach(file -> pictures.add(SavedPicture.read(file)));
        }
        return pictures;
    }
}
