package dev.darkroom.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.HttpClient;

/** Each limit is written once, as a wither of a value. */
class SettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern ADVICE =
            Pattern.compile("(\\w+)\\((\\w) -> \\2\\.(\\w+)\\((?:\\.\\.|\"[^\"]*\")\\)\\)");

    private static RateLimits rateLimits() {
        return RateLimits.of(RateGates.inMemory());
    }

    @Test
    void theDefaultsAreWhatTheJavadocSays() {
        var timeouts = Timeouts.defaults();
        assertThat(timeouts.connect()).hasSeconds(10);
        assertThat(timeouts.firstByte()).hasMinutes(10);
        assertThat(timeouts.silence()).hasMinutes(5);
        assertThat(timeouts.total()).isNull();
        var limits = Limits.defaults();
        assertThat(limits.imageBytes()).isEqualTo(128L << 20);
        assertThat(limits.textBytes()).isEqualTo(8L << 20);
        assertThat(limits.responseBytes()).isEqualTo(2L << 30);
        assertThat(limits.headBytes()).isEqualTo(64L << 10);
        assertThat(limits.images()).isEqualTo(256);
        assertThat(limits.heapBytes())
                .isEqualTo(Math.min(2L << 30, Runtime.getRuntime().maxMemory() / 4));
        assertThat(Connections.defaults())
                .hasToString(
                        "Connections[http2=false, max=10000, maxWait=PT45S, maxWaiting=10000, maxIdle=PT20S, maxLife=PT5M]");
        var downloads = Downloads.defaults();
        assertThat(downloads.fetch()).isTrue();
        assertThat(downloads.timeout()).hasMinutes(2);
        assertThat(downloads.allowed()).isEmpty();
        assertThat(rateLimits().maxWait()).hasMinutes(2);
        assertThat(rateLimits().leastTimeToSend()).isNull();
    }

    @Test
    void aWitherChangesItsOwnLimitAndNoOther() {
        var times = Timeouts.defaults()
                .connect(SECOND)
                .firstByte(SECOND.multipliedBy(2))
                .silence(SECOND.multipliedBy(3))
                .total(SECOND.multipliedBy(4));
        assertThat(times).hasToString("Timeouts[connect=PT1S, firstByte=PT2S, silence=PT3S, total=PT4S]");
        var limits = Limits.defaults()
                .imageBytes(1)
                .textBytes(2)
                .responseBytes(3)
                .headBytes(4)
                .images(5)
                .heapBytes(6);
        assertThat(limits)
                .hasToString("Limits[imageBytes=1, textBytes=2, responseBytes=3, headBytes=4, images=5, heapBytes=6]");
        assertThat(Connections.defaults()
                        .http2(true)
                        .max(1)
                        .maxWait(SECOND)
                        .maxWaiting(2)
                        .maxIdle(SECOND.multipliedBy(2))
                        .maxLife(SECOND.multipliedBy(3)))
                .hasToString("Connections[http2=true, max=1, maxWait=PT1S, maxWaiting=2, maxIdle=PT2S, maxLife=PT3S]");
        assertThat(Downloads.defaults().fetch(false).timeout(SECOND).allow("a.example", " 10.0.0.0/8 "))
                .satisfies(downloads -> assertThat(downloads.allowed()).containsExactly("a.example", "10.0.0.0/8"))
                .hasToString("Downloads[fetch=false, timeout=PT1S, allowed=2]");
        assertThat(rateLimits().maxWait(Duration.ZERO).leastTimeToSend(SECOND))
                .hasToString("RateLimits[maxWait=PT0S, leastTimeToSend=PT1S]");
    }

    @Test
    void valuesWithTheSameLimitsAreEqual() {
        assertThat(Timeouts.defaults().total(SECOND))
                .isEqualTo(Timeouts.defaults().total(SECOND))
                .hasSameHashCodeAs(Timeouts.defaults().total(SECOND))
                .isNotEqualTo(Timeouts.defaults());
        assertThat(Limits.defaults().images(3))
                .isEqualTo(Limits.defaults().images(3))
                .hasSameHashCodeAs(Limits.defaults().images(3))
                .isNotEqualTo(Limits.defaults());
        assertThat(Connections.defaults().max(3))
                .isEqualTo(Connections.defaults().max(3))
                .hasSameHashCodeAs(Connections.defaults().max(3))
                .isNotEqualTo(Connections.defaults());
        assertThat(Downloads.defaults().allow("a.example"))
                .isEqualTo(Downloads.defaults().allow("a.example"))
                .hasSameHashCodeAs(Downloads.defaults().allow("a.example"))
                .isNotEqualTo(Downloads.defaults());
        var limits = rateLimits();
        assertThat(limits.maxWait(SECOND))
                .isEqualTo(limits.maxWait(SECOND))
                .hasSameHashCodeAs(limits.maxWait(SECOND))
                .isNotEqualTo(limits)
                .isNotEqualTo(rateLimits().maxWait(SECOND));
    }

    static List<Arguments> whatCannotBeMeant() {
        return List.of(
                refused(
                        c -> c.timeouts(t -> t.connect(Duration.ZERO)),
                        "connect timeout must be more than zero, not PT0S"),
                refused(
                        c -> c.timeouts(t -> t.firstByte(SECOND.negated())),
                        "first-byte timeout must be more than zero"),
                refused(c -> c.timeouts(t -> t.silence(Duration.ZERO)), "silence timeout must be more than zero"),
                refused(c -> c.timeouts(t -> t.total(Duration.ZERO)), "total timeout must be more than zero"),
                refused(c -> c.limits(l -> l.imageBytes(0)), "bytes of an image must be more than zero, not 0"),
                refused(c -> c.limits(l -> l.textBytes(-1)), "bytes of text must be more than zero, not -1"),
                refused(c -> c.limits(l -> l.responseBytes(0)), "bytes of an answer must be more than zero"),
                refused(c -> c.limits(l -> l.headBytes(0)), "head of an answer must be more than zero"),
                refused(c -> c.limits(l -> l.images(0)), "number of images must be more than zero"),
                refused(c -> c.limits(l -> l.heapBytes(0)), "bytes of heap must be more than zero"),
                refused(c -> c.connections(o -> o.max(0)), "number of connections must be more than zero, not 0"),
                refused(
                        c -> c.connections(o -> o.maxWaiting(0)),
                        "requests that wait for a connection must be more than"),
                refused(
                        c -> c.connections(o -> o.maxWait(Duration.ZERO)),
                        "wait for a connection must be more than zero"),
                refused(c -> c.connections(o -> o.maxIdle(Duration.ZERO)), "connection may lie idle must be more than"),
                refused(
                        c -> c.connections(o -> o.maxLife(Duration.ZERO)),
                        "time a connection is used must be more than"),
                refused(c -> c.downloads(d -> d.timeout(Duration.ZERO)), "download timeout must be more than zero"),
                refused(c -> c.downloads(d -> d.allow("http://x/")), "without scheme, user and port"),
                refused(
                        c -> c.rateLimits(r -> r.maxWait(SECOND.negated())),
                        "maximum wait must not be negative: PT-1S"),
                refused(
                        c -> c.rateLimits(r -> r.leastTimeToSend(SECOND.negated())),
                        "least time to send must not be negative"));
    }

    private static Arguments refused(UnaryOperator<ImageClient> wither, String why) {
        return Arguments.of(wither, why);
    }

    @ParameterizedTest
    @MethodSource("whatCannotBeMeant")
    void whatCannotBeMeantIsRefusedWhereItIsSaid(UnaryOperator<ImageClient> wither, String why) {
        try (var connected = new Connected()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wither.apply(connected.client))
                    .withMessageContaining(why);
        }
    }

    @Test
    void whatIsLongerThanTenYearsIsNoLimitAndCanBeCountedInNanoseconds() {
        var forever = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(Timeouts.defaults().total(forever).total().toNanos()).isPositive();
        assertThat(Downloads.defaults().timeout(forever).timeout().toNanos()).isPositive();
        assertThat(rateLimits().maxWait(forever).maxWait().toNanos()).isPositive();
    }

    @Test
    void aFunctionThatGivesNoSettingsIsNamedByItsWither() {
        try (var connected = new Connected()) {
            for (UnaryOperator<ImageClient> wither : List.<UnaryOperator<ImageClient>>of(
                    c -> c.timeouts(t -> null),
                    c -> c.limits(l -> null),
                    c -> c.downloads(d -> null),
                    c -> c.rateLimits(r -> null))) {
                assertThatNullPointerException()
                        .isThrownBy(() -> wither.apply(connected.client))
                        .withMessageMatching(
                                "(timeouts|limits|downloads|rateLimits)\\(\\.\\.\\) was given .*returned null");
            }
        }
    }

    @Test
    void listenersAndCustomizationsAddUpInTheirOrder() {
        var heard = new ArrayList<String>();
        var throttled = new Throttled(new Quota("host", "key", "model"), Instant.EPOCH, 1);
        rateLimits()
                .onThrottled(t -> heard.add("first"))
                .onThrottled(t -> heard.add("second"))
                .onThrottled()
                .accept(throttled);
        Function<String, UnaryOperator<HttpClient>> noted = name -> http -> {
            heard.add(name);
            return http;
        };
        Downloads.defaults()
                .customize(noted.apply("third"))
                .customize(noted.apply("fourth"))
                .customization()
                .apply(HttpClient.create());
        assertThat(heard).containsExactly("first", "second", "third", "fourth");
    }

    /** An exception that advises what nobody can call would be worse than none. */
    @Test
    void whatExceptionsAdviseIsAWitherOfTheClientAndOfItsSettings() throws ReflectiveOperationException {
        var advice = new ArrayList<String>();
        for (var type : List.of(Timeouts.class, Connections.class, Limits.class, Downloads.class, RateLimits.class)) {
            for (var field : type.getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers())) {
                    assertThat(isWither((String) field.get(null), type))
                            .as(field.toString())
                            .isTrue();
                    advice.add(field.getName());
                }
            }
        }
        assertThat(advice).hasSizeGreaterThanOrEqualTo(16);
        assertThat(isWither(Downloads.allowing("cdn.example"), Downloads.class)).isTrue();
    }

    private static boolean isWither(String advice, Class<?> type) {
        var call = ADVICE.matcher(advice);
        return call.matches()
                && Arrays.stream(ImageClient.class.getMethods())
                        .anyMatch(method -> method.getName().equals(call.group(1))
                                && method.getParameterTypes()[0] == UnaryOperator.class
                                && method.getGenericParameterTypes()[0]
                                        .getTypeName()
                                        .contains(type.getName()))
                && Arrays.stream(type.getMethods())
                        .anyMatch(method -> method.getName().equals(call.group(3)) && method.getReturnType() == type);
    }

    /** A client, closed. */
    private static final class Connected implements AutoCloseable {
        private final ImageClient client = ImageClient.openRouter("sk-test");

        @Override
        public void close() {
            client.close();
        }
    }
}
