package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The walk of a preview from the socket to its subscriber, as {@code walk-of-a-preview.txt} writes it down: a debugger notes each
 * type of ours of which a method is entered, so that the page cannot say anything else than what happens.
 */
class PreviewWalkTest {

    /** Where a preview goes through our hands: what a maintainer has to know before the rooms beside it. */
    private static final String CORRIDOR = "internal\\.(http|call|decode) .*";

    private static final int MOST_IN_THE_CORRIDOR = 14;
    private static final int MOST = 44;

    /** The first is the walk's own. */
    private static final int MOST_OPERATORS = 24;

    private final Set<String> walk = new LinkedHashSet<>();
    private String output = "";

    @BeforeEach
    void follow() throws Exception {
        var vm = launch();
        var loading = vm.eventRequestManager().createClassPrepareRequest();
        loading.addClassFilter(PreviewWalk.class.getName());
        loading.enable();
        try {
            while (true) {
                var events = vm.eventQueue().remove();
                events.forEach(event -> note(vm, event));
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            // it is over
        }
        try (var printed = vm.process().getInputStream()) {
            output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void note(VirtualMachine vm, Event event) {
        var requests = vm.eventRequestManager();
        if (event instanceof ClassPrepareEvent loaded) {
            List.of("arrives", "heard")
                    .forEach(marker -> requests.createBreakpointRequest(loaded.referenceType()
                                    .methodsByName(marker)
                                    .get(0)
                                    .location())
                            .enable());
        } else if (event instanceof BreakpointEvent reached) {
            if (reached.location().method().name().equals("arrives")) {
                var entering = requests.createMethodEntryRequest();
                entering.addClassFilter("dev.darkroom.*");
                entering.addClassExclusionFilter(PreviewWalk.class.getName() + "*");
                entering.addThreadFilter(reached.thread());
                entering.setSuspendPolicy(EventRequest.SUSPEND_NONE);
                entering.enable();
            } else {
                requests.methodEntryRequests().forEach(EventRequest::disable);
            }
        } else if (event instanceof MethodEntryEvent entered) {
            walk.add(room(entered.location().declaringType().name()));
        }
    }

    /** Of a nested type or a lambda the one around it. */
    private static String room(String type) {
        var name = type.replaceFirst("\\$.*", "").substring("dev.darkroom.".length());
        return name.replaceFirst("\\.([^.]*)$", " $1");
    }

    private static VirtualMachine launch() throws Exception {
        var connector = Bootstrap.virtualMachineManager().defaultConnector();
        var arguments = connector.defaultArguments();
        arguments.get("main").setValue(PreviewWalk.class.getName());
        arguments
                .get("options")
                .setValue("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp \""
                        + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")) + "\"");
        return connector.launch(arguments);
    }

    private static List<String> page() throws IOException {
        try (var page = PreviewWalkTest.class.getResourceAsStream("walk-of-a-preview.txt")) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceAll("^(\\S+) +(\\S+).*", "$1 $2"))
                    .toList();
        }
    }

    @Test
    void aPreviewWalksAsThePageSays() throws Exception {
        assertThat(walk)
                .as("what was entered, in this order")
                .containsExactlyElementsOf(page())
                .hasSizeLessThanOrEqualTo(MOST);
        assertThat(walk.stream().filter(station -> station.matches(CORRIDOR)))
                .hasSizeLessThanOrEqualTo(MOST_IN_THE_CORRIDOR);
        assertThat(Arrays.asList(output.strip().split(" ")))
                .as("operators of Reactor that hand it on")
                .startsWith("operators")
                .hasSizeBetween(2, MOST_OPERATORS + 1);
    }
}
