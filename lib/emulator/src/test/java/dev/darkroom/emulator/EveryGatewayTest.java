package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.json;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.Fault.Kind;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.fault.FaultParameter;
import dev.darkroom.emulator.journal.Entry;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What holds for each API the emulator speaks. */
class EveryGatewayTest {

    /** Refusals which an API has no words for; the emulator says so instead. */
    private static final Map<TestGateway, Set<Fault>> WORDLESS = Map.ofEntries(
            Map.entry(TestGateway.OPENROUTER, Set.of()),
            Map.entry(
                    TestGateway.AZURE,
                    EnumSet.of(Fault.IN_FLIGHT_BUDGET, Fault.RATE_LIMIT_AVAILABILITY, Fault.EDGE_TIMEOUT)),
            Map.entry(TestGateway.OPENAI_RESPONSES, EnumSet.of(Fault.IN_FLIGHT_BUDGET, Fault.RATE_LIMIT_AVAILABILITY)),
            Map.entry(
                    TestGateway.TOKEN360,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.SPENT_QUOTA,
                            Fault.EDGE_TIMEOUT)),
            Map.entry(
                    TestGateway.MYROUTER,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.SPENT_QUOTA,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT)),
            Map.entry(TestGateway.OPENAI, EnumSet.of(Fault.IN_FLIGHT_BUDGET, Fault.RATE_LIMIT_AVAILABILITY)),
            Map.entry(
                    TestGateway.ARK,
                    EnumSet.of(
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT)),
            Map.entry(
                    TestGateway.MINIMAX,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT)),
            Map.entry(
                    TestGateway.GEMINI,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT)),
            Map.entry(TestGateway.CHAT_COMPLETIONS, EnumSet.of(Fault.RATE_LIMIT_AVAILABILITY)),
            Map.entry(
                    TestGateway.DASHSCOPE,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT)));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private RunningEmulator emulator;

    @BeforeEach
    void start() {
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.darkroom.emulator")).addAppender(log);
        emulator = ImageEmulator.create().shrink(64).start();
    }

    @AfterEach
    void stop() {
        emulator.close();
        ((Logger) LoggerFactory.getLogger("dev.darkroom.emulator")).detachAppender(log);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    static Stream<Arguments> requests() {
        return Arrays.stream(TestGateway.values())
                .flatMap(gateway -> gateway.streams()
                        ? Stream.of(Arguments.of(gateway, false), Arguments.of(gateway, true))
                        : Stream.of(Arguments.of(gateway, false)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsAcceptedMadeAndBilledOnce(TestGateway gateway, boolean stream) {
        var response = gateway.client(emulator).post(gateway.route(stream), gateway.body(stream));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains(stream ? "text/event-stream" : "application/json");
        var entry = emulator.journal().settled().next().block(Deadline.LIMIT);
        assertThat(entry.images().accepted()).isEqualTo(1);
        assertThat(entry.images().made()).isEqualTo(1);
        assertThat(entry.images().billed()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRefusalIsInItsOwnWordsAndAcceptsNothing(TestGateway gateway, boolean stream) {
        for (var fault : Fault.values()) {
            if (fault.kind() == Kind.REFUSAL) {
                var response = gateway.client(emulator)
                        .post(gateway.route(stream), gateway.body(stream), FaultHeader.NAME, fault.word());

                boolean wordless = WORDLESS.get(gateway).contains(fault);
                assertThat(response.body().contains("has no " + fault.word() + " fault"))
                        .as(gateway + " " + fault)
                        .isEqualTo(wordless);
                assertThat(response.statusCode() == 200)
                        .as(gateway + " " + fault)
                        .isEqualTo(fault == Fault.ERROR_IN_OK
                                || fault == Fault.HTML_OK
                                || gateway.answersFlaggedPrompts(fault));
                var type = response.headers().firstValue("Content-Type").orElse("");
                if (type.startsWith("application/json")) {
                    assertThat(json(response).propertyNames())
                            .containsAnyOf("error", "reason", "code", "promptFeedback");
                } else if (type.equals("text/event-stream")) {
                    assertThat(response.body()).contains("promptFeedback");
                } else {
                    assertThat(response.body())
                            .startsWith(fault == Fault.PROXY_UNAVAILABLE ? "upstream connect error" : "<html>");
                }
            }
        }
        assertThat(emulator.journal().accepted()).isEmpty();
    }

    /** As the table of the README says them, in its order. */
    private static final List<Fault> TABLED = List.of(
            Fault.UNAUTHORIZED,
            Fault.CREDITS,
            Fault.SPENT_QUOTA,
            Fault.FORBIDDEN,
            Fault.MODERATION,
            Fault.MODEL_NOT_FOUND,
            Fault.IN_FLIGHT_BUDGET,
            Fault.RATE_LIMIT,
            Fault.OVERLOADED,
            Fault.SERVER_ERROR,
            Fault.ERROR_IN_OK);

    @ParameterizedTest
    @CsvSource({
        "OPENROUTER, 401 402 429 403 403 404 402 429 529 500 200",
        "TOKEN360, 401 402 400 403 400 404 400 429 503 500 200",
        "MYROUTER, 403 400 400 403 400 404 400 429 429 500 200",
        "OPENAI, 401 400 429 403 400 404 400 429 503 500 200",
        "AZURE, 401 403 403 403 400 404 400 429 429 500 200",
        "OPENAI_RESPONSES, 401 400 429 403 400 404 400 429 503 500 200",
        "ARK, 401 403 429 403 400 404 429 429 429 500 200",
        "MINIMAX, 401 402 429 403 422 400 400 429 529 500 200",
        "GEMINI, 400 403 429 403 200 404 400 429 503 500 200",
        "CHAT_COMPLETIONS, 401 402 429 403 403 404 402 429 529 500 200",
        "DASHSCOPE, 401 400 429 403 400 400 400 429 503 500 200"
    })
    void aRefusalHasTheStatusWhichTheReadmeSays(TestGateway gateway, String statuses) {
        var answered = TABLED.stream()
                .map(fault -> {
                    emulator.enqueue(fault);
                    return gateway.client(emulator)
                            .post(gateway.route(), gateway.body(false))
                            .statusCode();
                })
                .map(Object::toString)
                .collect(joining(" "));

        assertThat(answered).isEqualTo(statuses);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void noOtherFaultMakesTheEmulatorFail(TestGateway gateway, boolean stream) {
        for (var fault : Fault.values()) {
            if (fault.kind() != Kind.REFUSAL) {
                var answer = RawTestClient.post(
                        emulator,
                        gateway.path(emulator, stream),
                        gateway.several(2, stream),
                        FaultHeader.NAME,
                        inTheMiddle(fault));

                assertThat(answer.text()).as(gateway + " " + fault).doesNotContain("\"Internal Server Error\"");
            }
        }
    }

    private static String inTheMiddle(Fault fault) {
        return fault.word()
                + (fault.parameters().contains(FaultParameter.AFTER) ? "; after=1" : "")
                + (fault.parameters().contains(FaultParameter.LASTING) ? "; lasting=20ms" : "")
                + (fault == Fault.ENDLESS_HEAD ? "; bytes=100000" : "");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestOfWhichNothingCameIsAnErrorAndCostsNothing(TestGateway gateway, boolean stream) {
        emulator.enqueue(Fault.IMAGES_STOPPED, Fault.IMAGE_FAILED);
        for (int i = 0; i < 2; i++) {
            var body = gateway.client(emulator)
                    .post(gateway.route(stream), gateway.body(stream))
                    .body();

            assertThat(body)
                    .containsAnyOf("\"error\"", "\"reason\"", "\"code\"", "IMAGE_SAFETY")
                    .doesNotContain(gateway.signsOfAPicture());
        }
        assertThat(emulator.journal()
                        .settled()
                        .take(2)
                        .map(Entry::images)
                        .collectList()
                        .block(Deadline.LIMIT))
                .allMatch(images -> images.accepted() == 1 && images.billed() == 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = TestGateway.class,
            names = {"OPENROUTER", "OPENAI", "AZURE"})
    void aStreamOfSeveralOfWhichNothingCameIsAnErrorToo(TestGateway gateway) {
        emulator.enqueue(Fault.IMAGES_STOPPED);
        var body = gateway.client(emulator)
                .post(gateway.route(true), gateway.several(2, true))
                .body();

        assertThat(body).contains("\"type\":\"error\"");
    }

    @ParameterizedTest
    @EnumSource(TestGateway.class)
    void aMissingAndAWrongKeyAreNotWelcome(TestGateway gateway) {
        for (var key : List.of("", "nonsense")) {
            var response = gateway.client(emulator).withKey(key).post(gateway.route(), gateway.body(false));

            assertThat(response.statusCode()).isIn(400, 401, 403);
            assertThat(response.body()).doesNotContain("nonsense");
        }
        assertThat(emulator.journal().accepted()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestGateway.class)
    void aBodyWhichIsNoJsonIsRefused(TestGateway gateway) {
        for (var body : List.of("", "[1]", "\"x\"")) {
            var client = gateway.client(emulator);
            var status = body.isEmpty()
                    ? client.post(gateway.route(), new Multipart().field("prompt", "a fox"))
                            .statusCode()
                    : client.post(gateway.route(), TestClient.parse(body)).statusCode();

            assertThat(status).as(gateway + " " + body).isIn(body.isEmpty() ? List.of(200, 400) : List.of(400));
        }
    }

    @ParameterizedTest
    @EnumSource(TestGateway.class)
    void anUnknownRouteIsNotFound(TestGateway gateway) {
        assertThat(gateway.client(emulator).get("/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(TestGateway.class)
    void eachCountsItsOwnQuota(TestGateway gateway) {
        try (var limited =
                ImageEmulator.create().shrink(64).quota(1, Duration.ofHours(1)).start()) {
            var client = gateway.client(limited);
            assertThat(client.post(gateway.route(), gateway.body(false)).statusCode())
                    .isEqualTo(200);
            assertThat(client.post(gateway.route(), gateway.body(false)).statusCode())
                    .isEqualTo(429);
            for (var other : TestGateway.values()) {
                if (other != gateway) {
                    assertThat(other.client(limited)
                                    .post(other.route(), other.body(false))
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestGateway.class)
    void aShapeOfLimitWhichAnApiLacksIsSaidAsAPlainOne(TestGateway gateway) {
        try (var limited = ImageEmulator.create()
                .shrink(64)
                .quota(1, Duration.ofHours(1))
                .refuseQuotaWith(Fault.RATE_LIMIT_AVAILABILITY)
                .start()) {
            var client = gateway.client(limited);
            client.post(gateway.route(), gateway.body(false));

            assertThat(client.post(gateway.route(), gateway.body(false)).statusCode())
                    .isEqualTo(429);
        }
    }
}
