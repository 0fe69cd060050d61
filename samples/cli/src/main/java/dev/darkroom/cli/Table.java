package dev.darkroom.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Rows under a heading; columns as wide as they must be, and the last one wrapped. Drawn by picocli. */
final class Table {

    private static final int WIDTH = 110;
    private static final int NARROWEST_LAST_COLUMN = 30;
    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();

    Table(String... heading) {
        row(heading);
    }

    Table row(String... cells) {
        var clean = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            clean[i] = HumanText.clean(cells[i]);
        }
        rows.add(clean);
        return this;
    }

    @Override
    public String toString() {
        var last = rows.get(0).length - 1;
        var columns = new ArrayList<Column>();
        var used = 0;
        for (int i = 0; i < last; i++) {
            columns.add(new Column(width(i) + GAP, 0, Overflow.SPAN));
            used += width(i) + GAP;
        }
        columns.add(new Column(Math.max(NARROWEST_LAST_COLUMN, WIDTH - used), 0, Overflow.WRAP));
        var table = Help.TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns.toArray(new Column[0]));
        rows.forEach(table::addRowValues);
        return table.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
