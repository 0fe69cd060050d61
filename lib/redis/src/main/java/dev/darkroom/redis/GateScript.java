package dev.darkroom.redis;

import dev.darkroom.gate.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The script which is the gate, and the names under which it keeps a quota: all in one slot of a cluster. */
final class GateScript {

    static final String TEXT = text();

    private GateScript() {}

    /** The key of a quota, which is the name of its channel, too. The credential in it is the quota's hash of one. */
    static String key(String prefix, Quota quota) {
        var name = quota.host() + "/" + quota.credential() + "/" + quota.model();
        return prefix + ":{" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/") + "}";
    }

    static String[] keys(String prefix, Quota quota) {
        var key = key(prefix, quota);
        return new String[] {key, key + ":instances"};
    }

    private static String text() {
        try (var file = GateScript.class.getResourceAsStream("gate.lua")) {
            return new String(Objects.requireNonNull(file, "gate.lua").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
