package dev.darkroom.pipeline;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Holds the whole input against all that can be known before money is spent: that each line can be read, that the gateway takes its
 * options, that its references are there, that its pictures overwrite nothing and no other's, and that it is still the line it was when it
 * was sent. Keeps eight bytes a line meanwhile.
 */
final class InputCheck {

    private static final int MOST_FAULTS = 20;
    private static final Set<ImageOption<?>> NEVER_LEFT_OUT = Set.of(ImageOption.REFERENCES, ImageOption.MASK);

    private final Input input;
    private final JobStates states;
    private final RunFolder folder;
    private final PipelineOptions options;
    private final Dialect dialect;
    private final Arrived arrived;
    private final List<String> faults = new ArrayList<>();
    private int faulty;
    private int due;
    private long[] names = new long[1024];
    private int named;

    /** Tells of a prompt without an end whether its pictures are there all the same. */
    interface Arrived {
        boolean isWhole(Job job) throws IOException;
    }

    InputCheck(Input input, JobStates states, RunFolder folder, PipelineOptions options, Arrived arrived) {
        this.input = input;
        this.states = states;
        this.folder = folder;
        this.options = options;
        this.dialect = options.gateway().dialect();
        this.arrived = arrived;
    }

    /** How many prompts there are; or a {@link PipelineException} with what is wrong. Blocks. */
    int run() throws IOException {
        var known = states.size();
        var total = input.walk(this::look);
        if (total < known) {
            fault(
                    total,
                    "the input has " + total + " prompts, and the journal knows of " + known
                            + ": it is not the input that this folder was begun with");
        }
        tellTwins();
        if (faulty > 0) {
            throw new PipelineException((faulty == 1 ? "a line" : faulty + " lines")
                    + " of the input will not do, so nothing is sent:\n" + String.join("\n", faults)
                    + (faulty > faults.size() ? "\n… and " + (faulty - faults.size()) + " more" : ""));
        }
        if (total == 0) {
            throw new PipelineException("there is no prompt in the input");
        }
        states.reach(total);
        return total;
    }

    int due() {
        return due;
    }

    /** Whether it is to be sent. */
    static boolean isDue(JobState state, PipelineOptions options) {
        return switch (state) {
            case NEW -> true;
            case DONE -> false;
            case FAILED -> options.retryFailed();
            case SENT, UNKNOWN -> options.resendUnknown();
        };
    }

    private void look(int index, PromptLine line) throws IOException {
        try {
            var state = states.state(index);
            if (state != JobState.NEW && states.fingerprint(index) != line.fingerprint()) {
                throw new IllegalArgumentException(
                        "it is not what it was when it was sent; put it back, or use another folder");
            }
            if (state == JobState.DONE) {
                return;
            }
            var job = input.reading().job(index, line);
            if (state.isOpen() && arrived.isWhole(job)) {
                return;
            }
            name(job);
            if (isDue(states.state(index), options)) {
                due++;
                check(job);
            }
        } catch (IllegalArgumentException e) {
            fault(line.line(), String.valueOf(e.getMessage()));
        }
    }

    private void check(Job job) {
        var request = fitting(job.request());
        for (var name : job.name().possible()) {
            if (Files.exists(folder.resolve(name))) {
                throw new IllegalArgumentException(
                        "out: there is a file " + name + " already, which would be overwritten");
            }
        }
        try {
            dialect.generate(request);
        } catch (RuntimeException e) { // of the client's, or of a stranger's dialect
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private ImageRequest fitting(ImageRequest request) {
        var fitting = request;
        for (Map.Entry<ImageOption<?>, String> no : dialect.unsupported(request).entrySet()) {
            if (!options.dropUnsupported() || NEVER_LEFT_OUT.contains(no.getKey())) {
                throw new IllegalArgumentException(dialect.name() + " does not take " + no.getKey() + " for model "
                        + request.model() + " (" + no.getValue() + ")");
            }
            fitting = fitting.without(no.getKey());
        }
        return fitting;
    }

    private void fault(long line, String what) {
        faulty++;
        if (faults.size() < MOST_FAULTS) {
            faults.add("line " + line + ": " + what);
        }
    }

    private void name(Job job) {
        for (var name : names(job)) {
            if (named == names.length) {
                names = Arrays.copyOf(names, named + (named >> 1));
            }
            names[named++] = hash(name);
        }
    }

    /** As file systems compare that do not tell A from a; the ending counts where it is known. */
    private static List<String> names(Job job) {
        var name = job.name();
        var ending = name.extension();
        return new OutputName(name.stem(), ending == null ? "" : ending, name.images())
                .possible().stream().map(file -> file.toLowerCase(Locale.ROOT)).toList();
    }

    /** Prompts that want the same name; the input is read again only if there are any. */
    private void tellTwins() throws IOException {
        var sorted = Arrays.copyOf(names, named);
        Arrays.sort(sorted);
        var twins = new HashMap<Long, Map<String, Long>>();
        for (var i = 1; i < sorted.length && twins.size() < MOST_FAULTS; i++) {
            if (sorted[i] == sorted[i - 1]) {
                twins.put(sorted[i], new HashMap<>());
            }
        }
        if (!twins.isEmpty()) {
            input.walk((index, line) -> compare(twins, index, line));
        }
    }

    private void compare(Map<Long, Map<String, Long>> twins, int index, PromptLine line) {
        if (states.state(index) == JobState.DONE) {
            return;
        }
        try {
            for (var name : names(input.reading().job(index, line))) {
                var same = twins.get(hash(name));
                var first = same == null ? null : same.putIfAbsent(name, line.line());
                if (first != null) {
                    fault(line.line(), "out: its picture would be called " + name + ", as that of line " + first);
                }
            }
        } catch (IllegalArgumentException e) {
            return; // told already
        }
    }

    /** FNV-1a: two of a million names meet by chance once in forty million inputs, and then the names themselves are compared. */
    private static long hash(String name) {
        var hash = 0xcbf29ce484222325L;
        for (var i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
