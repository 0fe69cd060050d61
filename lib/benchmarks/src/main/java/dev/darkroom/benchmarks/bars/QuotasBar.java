package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.child.Quotas;
import java.io.IOException;
import java.util.List;

/** What a gate costs that knows a hundred thousand quotas, all of them closed for an hour. */
public final class QuotasBar implements Bar {

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        try (var child = ChildJvm.fork(Quotas.class, List.of("-Xmx512m", "-XX:+UseSerialGC"), List.of())) {
            var numbers = child.numbers();
            findings.atMost(50, "entering one more of 100,000 quotas, median", " µs", Spread.of(numbers.get("median")));
            findings.atMost(100, "heap of 100,000 closed quotas", " MB", Spread.of(numbers.get("megabytes")));
            findings.table("100,000 quotas, each closed for an hour", "what", "measured");
            findings.row("entering one: median", Findings.number(numbers.get("median")) + " µs");
            findings.row("99th percentile", Findings.number(numbers.get("p99")) + " µs");
            findings.row("heap", Findings.number(numbers.get("megabytes")) + " MB");
            findings.row("known at the end", Findings.number(numbers.get("known")));
        }
    }
}
