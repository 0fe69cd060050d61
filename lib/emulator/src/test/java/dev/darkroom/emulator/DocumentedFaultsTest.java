package dev.darkroom.emulator;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.fault.FaultParameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of faults on the emulator's page, against the faults there are. */
class DocumentedFaultsTest {

    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final List<Row> ROWS = rows();

    private record Row(List<String> faults, List<String> parameters, String elsewhere, String proves) {}

    private static List<Row> rows() {
        try {
            return Files.readString(Path.of("README.md"))
                    .lines()
                    .dropWhile(line -> !line.startsWith("| fault |"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> line.split("\\|", -1))
                    .map(cells -> new Row(words(cells[1]), words(cells[2]), cells[3].strip(), cells[4].strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void everyFaultStandsInOneRowWithWhatItTakes() {
        var said = new TreeMap<String, String>();
        ROWS.forEach(row -> row.faults()
                .forEach(fault -> assertThat(said.put(fault, String.join(" ", new TreeSet<>(row.parameters()))))
                        .as("%s stands twice", fault)
                        .isNull()));
        var real = Arrays.stream(Fault.values())
                .collect(toMap(
                        Fault::word,
                        fault -> fault.parameters().stream()
                                .filter(parameter -> parameter != FaultParameter.TIMES)
                                .map(FaultParameter::word)
                                .sorted()
                                .collect(Collectors.joining(" "))));

        assertThat(said).containsExactlyInAnyOrderEntriesOf(real);
    }

    @Test
    void everyRowSaysWhatItProves() {
        assertThat(ROWS).hasSizeGreaterThan(30).allMatch(row -> row.proves().length() > 15);
        assertThat(ROWS.stream().map(Row::proves)).doesNotHaveDuplicates();
    }

    /** As they are spelled there. */
    @Test
    void everyNameFromElsewhereIsUnderstood() {
        var names = ROWS.stream().flatMap(row -> words(row.elsewhere()).stream());

        assertThat(names)
                .contains("reset_peer", "limit_data", "slicer", "bandwidth", "latency", "timeout", "slow_close")
                .allSatisfy(name -> assertThat(FaultHeader.parse(name).times()).isEqualTo(1));
    }
}
