package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Reply;
import dev.darkroom.dialect.RetryHint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * When to come back, as the body of a refusal says, wherever in it that stands: {@code retry_after}, {@code retry_after_ms},
 * {@code retryAfter}, {@code retryDelay} of Google's {@code RetryInfo}, copied {@code headers}. Of several the latest counts:
 * nobody comes earlier than told.
 */
public final class BodyHint {

    private static final Pattern DELAY = Pattern.compile(
            "retry(?:after|delay|in)(?:in)?(?:s|secs?|seconds?|(?<millis>ms|msecs?|millis|milliseconds?))?(?:raw)?");
    private static final Pattern INSTANT = Pattern.compile("(?:next)?retry(?:after)?at");
    private static final BigDecimal EPOCH_SECONDS_FROM = BigDecimal.valueOf(1_000_000_000L);
    private static final int DEEPEST = 16;
    private static final int MOST_NODES = 10_000;

    private final Reply reply;
    private @Nullable BigDecimal latest;
    private int nodes;

    private BodyHint(Reply reply) {
        this.reply = reply;
    }

    /** Seconds from now; null if the body does not say. */
    static @Nullable BigDecimal seconds(JsonNode body, Reply reply) {
        var hint = new BodyHint(reply);
        hint.search(body, 0);
        return hint.latest;
    }

    private void search(JsonNode node, int depth) {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            return;
        }
        if (node.isArray()) {
            node.forEach(element -> search(element, depth + 1));
        }
        for (var member : node.properties()) {
            var name = member.getKey().toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
            var delay = DELAY.matcher(name);
            if (delay.matches()) {
                take(delay(member.getValue(), delay.group("millis") != null));
            } else if (INSTANT.matcher(name).matches()) {
                take(instant(member.getValue()));
            } else if (name.equals("headers")) {
                take(headers(member.getValue()));
            }
            search(member.getValue(), depth + 1);
        }
    }

    private void take(@Nullable BigDecimal seconds) {
        if (seconds != null && seconds.signum() > 0 && (latest == null || seconds.compareTo(latest) > 0)) {
            latest = seconds;
        }
    }

    private @Nullable BigDecimal delay(JsonNode node, boolean millis) {
        var number = node.isObject() ? Fields.number(node, "seconds") : Fields.number(node);
        if (number == null) {
            return node.isString()
                    ? RetryHint.secondsUntil(reply, node.stringValue().strip())
                    : null;
        }
        var seconds = millis ? number.movePointLeft(3) : number;
        return seconds.compareTo(EPOCH_SECONDS_FROM) < 0 ? seconds : RetryHint.secondsUntil(reply, number);
    }

    private @Nullable BigDecimal instant(JsonNode node) {
        var number = Fields.number(node);
        if (number != null) {
            return number.compareTo(EPOCH_SECONDS_FROM) < 0 ? null : RetryHint.secondsUntil(reply, number);
        }
        return node.isString()
                ? RetryHint.secondsUntil(reply, node.stringValue().strip())
                : null;
    }

    /** A router copies what its upstream said. */
    private @Nullable BigDecimal headers(JsonNode node) {
        var copied = new HashMap<String, String>();
        node.properties().forEach(header -> {
            var value = Fields.word(node, header.getKey());
            if (value != null) {
                copied.put(header.getKey(), value);
            }
        });
        var at = RetryHint.of(new Reply(reply.status(), copied, reply.receivedAt()), null);
        return at == null ? null : seconds(Duration.between(reply.receivedAt(), at));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }
}
