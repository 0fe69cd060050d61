package dev.darkroom.benchmarks.bars;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was found: the rows that are judged, and under them the tables they come from. Markdown. */
public final class Findings {

    private final List<String> judged = new ArrayList<>();
    private final StringBuilder details = new StringBuilder();
    private int missed;

    /** A bar which asks for at least so much. */
    void atLeast(double bar, String what, String unit, Spread value) {
        judge(what, value.text(unit), "≥ " + number(bar) + unit, value.median() >= bar);
    }

    /** A bar which asks for at most so much. */
    void atMost(double bar, String what, String unit, Spread value) {
        judge(what, value.text(unit), "≤ " + number(bar) + unit, value.median() <= bar);
    }

    private void judge(String what, String value, String bar, boolean reached) {
        missed += reached ? 0 : 1;
        judged.add("| " + what + " | " + value + " | " + bar + " | " + (reached ? "pass" : "**MISSED**") + " |");
    }

    /** Begins a table of details. */
    void table(String title, String... columns) {
        details.append("\n### ").append(title).append("\n\n");
        row(columns);
        details.append("|").append(" --- |".repeat(columns.length)).append("\n");
    }

    /** Adds a row to the last table. */
    void row(String... cells) {
        details.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** As many digits as matter. */
    static String number(double value) {
        int digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** How many bars were missed. */
    public int missed() {
        return missed;
    }

    @Override
    public String toString() {
        return "| bar | measured: median (lowest – highest) | asked | |\n| --- | --- | --- | --- |\n"
                + String.join("\n", judged) + "\n" + details;
    }
}
