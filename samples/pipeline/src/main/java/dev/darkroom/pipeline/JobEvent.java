package dev.darkroom.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt has come to an end, for this run.
 *
 * @param index which one of the input, from 0
 * @param line where it stands, from 1
 * @param state what it has become; {@link JobState#NEW} if it was never accepted, so that the next run sends it
 * @param files its pictures, below the folder
 * @param cost as the gateway counts it; null if it does not say
 * @param unit of the cost; empty if nobody knows
 * @param kind how it failed, as exceptions are called; null if it did not
 * @param message why, without the gateway's words; null if there is nothing to say
 * @param providerMessage the gateway's own words; null if there are none
 */
public record JobEvent(
        int index,
        long line,
        JobState state,
        List<String> files,
        @Nullable String cost,
        String unit,
        @Nullable String kind,
        @Nullable String message,
        @Nullable String providerMessage) {

    static JobEvent of(Job job, JournalEntry entry) {
        var cost = entry.cost();
        return new JobEvent(
                job.index(),
                job.line(),
                entry.state(),
                entry.pictures().stream()
                        .flatMap(picture -> java.util.stream.Stream.ofNullable(picture.file()))
                        .toList(),
                cost == null ? null : cost.toPlainString(),
                entry.unit(),
                entry.text("kind"),
                entry.text("message"),
                entry.text("provider_message"));
    }
}
