package dev.darkroom.emulator;

import static dev.darkroom.emulator.Asker.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.Fault.Kind;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.journal.Entry;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.AggregateWith;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.aggregator.ArgumentsAggregator;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What holds for each API the emulator speaks. */
class EveryDialectTest {

    /** Refusals which an API has no words for; the emulator says so instead. */
    private static final Map<Speech, Set<Fault>> WORDLESS = Map.of(
            Speech.OPENROUTER, Set.of(),
            Speech.TOKEN360,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.SPENT_QUOTA,
                            Fault.EDGE_TIMEOUT),
            Speech.MYROUTER,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.SPENT_QUOTA,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT),
            Speech.OPENAI, EnumSet.of(Fault.IN_FLIGHT_BUDGET, Fault.RATE_LIMIT_AVAILABILITY),
            Speech.ARK,
                    EnumSet.of(
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT),
            Speech.MINIMAX,
                    EnumSet.of(
                            Fault.IN_FLIGHT_BUDGET,
                            Fault.REQUEST_TIMEOUT,
                            Fault.RATE_LIMIT_UPSTREAM,
                            Fault.RATE_LIMIT_AVAILABILITY,
                            Fault.PROVIDER_ERROR,
                            Fault.EDGE_TIMEOUT));

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
        return Arrays.stream(Speech.values())
                .flatMap(speech -> speech.streams()
                        ? Stream.of(Arguments.of(speech, false), Arguments.of(speech, true))
                        : Stream.of(Arguments.of(speech, false)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsAcceptedMadeAndBilledOnce(Speech speech, boolean stream) {
        var response = speech.asker(emulator).post(speech.route(), speech.body(stream));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains(stream ? "text/event-stream" : "application/json");
        var entry = emulator.journal().settled().next().block(Patience.LIMIT);
        assertThat(entry.images().accepted()).isEqualTo(1);
        assertThat(entry.images().made()).isEqualTo(1);
        assertThat(entry.images().billed()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRefusalIsInItsOwnWordsAndAcceptsNothing(Speech speech, boolean stream) {
        for (var fault : Fault.values()) {
            if (fault.kind() == Kind.REFUSAL) {
                var response = speech.asker(emulator)
                        .post(speech.route(), speech.body(stream), FaultHeader.NAME, fault.word());

                boolean wordless = WORDLESS.get(speech).contains(fault);
                assertThat(response.body().contains("has no " + fault.word() + " fault"))
                        .as(speech + " " + fault)
                        .isEqualTo(wordless);
                assertThat(response.statusCode() == 200)
                        .as(speech + " " + fault)
                        .isEqualTo(fault == Fault.ERROR_IN_OK);
                if (response.headers().firstValue("Content-Type").orElse("").equals("application/json")) {
                    assertThat(json(response).has("error") || json(response).has("reason"))
                            .isTrue();
                } else {
                    assertThat(response.body()).startsWith("<html>");
                }
            }
        }
        assertThat(emulator.journal().accepted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 401, 401, 403, 401, 401, 401",
        "CREDITS, 402, 402, 400, 400, 403, 402",
        "SPENT_QUOTA, 429, 400, 400, 429, 429, 429",
        "FORBIDDEN, 403, 403, 403, 403, 403, 403",
        "MODERATION, 403, 400, 400, 400, 400, 422",
        "MODEL_NOT_FOUND, 404, 404, 404, 404, 404, 400",
        "IN_FLIGHT_BUDGET, 402, 400, 400, 400, 429, 400",
        "RATE_LIMIT, 429, 429, 429, 429, 429, 429",
        "OVERLOADED, 529, 503, 429, 503, 429, 529",
        "SERVER_ERROR, 500, 500, 500, 500, 500, 500",
        "ERROR_IN_OK, 200, 200, 200, 200, 200, 200"
    })
    void aRefusalHasTheStatusWhichTheReadmeSays(Fault fault, @AggregateWith(Statuses.class) List<Integer> statuses) {
        var answered = Arrays.stream(Speech.values())
                .map(speech -> {
                    emulator.enqueue(fault);
                    return speech.asker(emulator)
                            .post(speech.route(), speech.body(false))
                            .statusCode();
                })
                .toList();

        assertThat(answered).isEqualTo(statuses);
    }

    /** All numbers of a row, in the order of the APIs. */
    static final class Statuses implements ArgumentsAggregator {
        @Override
        public Object aggregateArguments(ArgumentsAccessor row, ParameterContext context) {
            return IntStream.range(1, row.size()).mapToObj(row::getInteger).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void noOtherFaultMakesTheEmulatorFail(Speech speech, boolean stream) {
        for (var fault : Fault.values()) {
            if (fault.kind() != Kind.REFUSAL) {
                var answer = RawAsker.post(
                        emulator,
                        speech.path(emulator),
                        speech.several(2, stream),
                        FaultHeader.NAME,
                        fault.word() + "; after=1; lasting=0.02");

                assertThat(answer.text()).as(speech + " " + fault).doesNotContain("\"Internal Server Error\"");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestOfWhichNothingCameIsAnErrorAndCostsNothing(Speech speech, boolean stream) {
        emulator.enqueue(Fault.IMAGES_STOPPED, Fault.IMAGE_FAILED);
        for (int i = 0; i < 2; i++) {
            var body = speech.asker(emulator)
                    .post(speech.route(), speech.body(stream))
                    .body();

            assertThat(body).containsAnyOf("\"error\"", "\"reason\"").doesNotContain("completed", "\"data\"");
        }
        assertThat(emulator.journal()
                        .settled()
                        .take(2)
                        .map(Entry::images)
                        .collectList()
                        .block(Patience.LIMIT))
                .allMatch(images -> images.accepted() == 1 && images.billed() == 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Speech.class,
            names = {"OPENROUTER", "OPENAI"})
    void aStreamOfSeveralOfWhichNothingCameIsAnErrorToo(Speech speech) {
        emulator.enqueue(Fault.IMAGES_STOPPED);
        var body = speech.asker(emulator)
                .post(speech.route(), speech.several(2, true))
                .body();

        assertThat(body).contains("\"type\":\"error\"");
    }

    @ParameterizedTest
    @EnumSource(Speech.class)
    void aMissingAndAWrongKeyAreNotWelcome(Speech speech) {
        for (var key : List.of("", "nonsense")) {
            var response = speech.asker(emulator).withKey(key).post(speech.route(), speech.body(false));

            assertThat(response.statusCode()).isIn(400, 401, 403);
            assertThat(response.body()).doesNotContain("nonsense");
        }
        assertThat(emulator.journal().accepted()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Speech.class)
    void aBodyWhichIsNoJsonIsRefused(Speech speech) {
        for (var body : List.of("", "[1]", "\"x\"")) {
            var asker = speech.asker(emulator);
            var status = body.isEmpty()
                    ? asker.post(speech.route(), new Multipart().field("prompt", "a fox"))
                            .statusCode()
                    : asker.post(speech.route(), Asker.parse(body)).statusCode();

            assertThat(status).as(speech + " " + body).isIn(body.isEmpty() ? List.of(200, 400) : List.of(400));
        }
    }

    @ParameterizedTest
    @EnumSource(Speech.class)
    void anUnknownRouteIsNotFound(Speech speech) {
        assertThat(speech.asker(emulator).get("/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(Speech.class)
    void eachCountsItsOwnQuota(Speech speech) {
        try (var limited =
                ImageEmulator.create().shrink(64).quota(1, Duration.ofHours(1)).start()) {
            var asker = speech.asker(limited);
            assertThat(asker.post(speech.route(), speech.body(false)).statusCode())
                    .isEqualTo(200);
            assertThat(asker.post(speech.route(), speech.body(false)).statusCode())
                    .isEqualTo(429);
            for (var other : Speech.values()) {
                if (other != speech) {
                    assertThat(other.asker(limited)
                                    .post(other.route(), other.body(false))
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Speech.class)
    void aShapeOfLimitWhichAnApiLacksIsSaidAsAPlainOne(Speech speech) {
        try (var limited = ImageEmulator.create()
                .shrink(64)
                .quota(1, Duration.ofHours(1))
                .refuseQuotaWith(Fault.RATE_LIMIT_AVAILABILITY)
                .start()) {
            var asker = speech.asker(limited);
            asker.post(speech.route(), speech.body(false));

            assertThat(asker.post(speech.route(), speech.body(false)).statusCode())
                    .isEqualTo(429);
        }
    }
}
