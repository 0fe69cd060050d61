package dev.darkroom.cli;

import dev.darkroom.pipeline.JobEvent;
import dev.darkroom.pipeline.JobState;
import dev.darkroom.pipeline.PriceTag;
import dev.darkroom.pipeline.Progress;
import dev.darkroom.pipeline.Summary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The sentences of a batch. */
final class BatchText {

    private BatchText() {}

    /** {@code 12 of 200 done · 8 running · 3 waiting (rate limited, 12 s) · 1 failed · 41.2/min · $0.13 · 4 min left}. */
    static String progress(Instant now, Progress progress) {
        var facts = new ArrayList<String>();
        facts.add(progress.done() + " of " + progress.total() + " done");
        facts.add(progress.running() + " running");
        var retryAt = progress.retryAt();
        if (progress.waiting() > 0) {
            facts.add(progress.waiting() + " waiting"
                    + (retryAt == null ? "" : " (rate limited, " + HumanText.wait(now, retryAt) + ")"));
        }
        counted(facts, progress.failed(), "failed");
        counted(facts, progress.unknown(), "unknown");
        facts.add(String.format(Locale.ROOT, "%.1f/min", progress.imagesPerMinute()));
        facts.addAll(costs(progress.costs()));
        var left = progress.timeLeft();
        if (left != null && progress.left() > 0) {
            facts.add(duration(left) + " left");
        }
        return String.join(" · ", facts);
    }

    private static void counted(List<String> facts, int count, String what) {
        if (count > 0) {
            facts.add(count + " " + what);
        }
    }

    private static List<String> costs(Map<String, BigDecimal> costs) {
        return costs.entrySet().stream()
                .map(cost -> HumanText.money(cost.getValue(), cost.getKey().isEmpty() ? null : cost.getKey()))
                .toList();
    }

    private static String duration(Duration duration) {
        var seconds = duration.toSeconds();
        if (seconds < 90) {
            return seconds + " s";
        }
        return seconds < 5400 ? (seconds + 30) / 60 + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }

    static String failure(JobEvent event) {
        var said = event.providerMessage();
        return "line " + event.line() + " "
                + (event.state() == JobState.NEW
                        ? "was not accepted"
                        : event.state() == JobState.FAILED ? "failed" : "is unknown")
                + ": " + HumanText.clean(ShellWords.of(String.valueOf(event.message())))
                + (said == null ? "" : "; the gateway says: " + HumanText.clean(said));
    }

    static List<String> summary(Summary summary) {
        var progress = summary.progress();
        var lines = new ArrayList<String>();
        var facts = new ArrayList<String>();
        facts.add(progress.done() + " of " + progress.total() + " done"
                + (progress.earlier() > 0 ? " (" + progress.earlier() + " by earlier runs)" : ""));
        counted(facts, progress.failed(), "failed");
        counted(facts, progress.unknown(), "unknown");
        counted(facts, progress.left(), "not sent");
        facts.addAll(costs(progress.costs()));
        lines.add(String.join(", ", facts));
        if (summary.why() != null) {
            lines.add("stopped: " + HumanText.clean(ShellWords.of(summary.why())));
        }
        if (progress.unknown() > 0) {
            lines.add("unknown, perhaps made and billed, and not sent again: line"
                    + (summary.unknownLines().size() == 1 ? " " : "s ")
                    + summary.unknownLines().stream()
                            .limit(20)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                    + (progress.unknown() > 20 ? ", …" : ""));
            lines.add("  --settle asks the gateway what became of them; --resend-unknown sends them once more");
        }
        if (progress.failed() > 0) {
            lines.add("  --retry-failed sends the failed ones once more; manifest.jsonl says why they failed");
        }
        return lines;
    }

    static JsonLine json(JsonLine line, Progress progress) {
        var costs = new LinkedHashMap<String, String>();
        progress.costs().forEach((unit, cost) -> costs.put(unit, cost.toPlainString()));
        var left = progress.timeLeft();
        return line.with("total", progress.total())
                .with("done", progress.done())
                .with("earlier", progress.earlier())
                .with("running", progress.running())
                .with("waiting", progress.waiting())
                .with("failed", progress.failed())
                .with("unknown", progress.unknown())
                .with("not_sent", progress.left())
                .with("images", progress.images())
                .with("images_per_minute", Math.round(progress.imagesPerMinute() * 10) / 10.0)
                .with("costs", costs)
                .with("seconds_left", left == null ? null : left.toSeconds())
                .with("retry_at", progress.retryAt());
    }

    static String price(PriceTag price) {
        var prompts = price.prompts() + (price.prompts() == 1 ? " prompt" : " prompts") + " would be sent";
        var text = price.unfit() > 0
                ? prompts + "; by the catalogue the model does not take " + price.unfit() + " of them"
                : prompts + ", all is well with " + (price.prompts() == 1 ? "it" : "them");
        if (price.priced() == 0 || (price.most().signum() == 0 && price.uncounted())) {
            return text + "; what they cost nobody can count beforehand";
        }
        var range = price.least().compareTo(price.most()) == 0
                ? HumanText.money(price.least(), "USD")
                : HumanText.money(price.least(), "USD") + " to " + HumanText.money(price.most(), "USD");
        return text + "; by the catalogue "
                + (price.priced() < price.prompts() ? price.priced() + " of them " : "they ") + "cost " + range
                + (price.uncounted() ? ", and what only shows while they are made, such as tokens" : "");
    }

    static JsonLine json(PriceTag price) {
        return JsonLine.event("dry_run")
                .with("prompts", price.prompts())
                .with("priced", price.priced())
                .with("least_cost", price.least())
                .with("most_cost", price.most())
                .with("cost_unit", "USD")
                .with("uncounted", price.uncounted())
                .with("unfit", price.unfit());
    }
}
