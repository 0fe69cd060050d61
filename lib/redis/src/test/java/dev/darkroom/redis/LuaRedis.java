package dev.darkroom.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;

/**
 * As much of Redis as the script of the gate needs, with a clock that a test sets: the script is run as it is, by an interpreter.
 * Not thread-safe.
 */
final class LuaRedis {

    /** Somewhere in 2026. */
    private static final long SINCE = 1_790_000_000_000L;

    private final Globals globals = JsePlatform.standardGlobals();
    private final LuaValue script;
    private final LongSupplier micros;
    private final Map<String, Map<String, String>> hashes = new HashMap<>();
    private final Map<String, Map<String, Double>> sets = new HashMap<>();
    private final Map<String, List<Consumer<String>>> channels = new HashMap<>();
    private Consumer<Said> recorder = said -> {};
    private long commands;

    /** One run of the script, and when. */
    record Said(long micros, List<String> keys, List<String> arguments, String answer) {

        /** With what TIME answered behind them, the last part first. */
        String[] argumentsAndClock() {
            var now = SINCE * 1000 + micros;
            return Stream.concat(
                            arguments.stream(),
                            Stream.of(Long.toString(now % 1_000_000), Long.toString(now / 1_000_000)))
                    .toArray(String[]::new);
        }
    }

    /**
     * An empty one.
     *
     * @param micros what its clock says since some beginning
     */
    LuaRedis(LongSupplier micros) {
        this.micros = micros;
        globals.set("unpack", globals.get("table").get("unpack"));
        var redis = new LuaTable();
        redis.set("call", new Call());
        globals.set("redis", redis);
        script = globals.load(GateScript.TEXT, "gate.lua");
    }

    String eval(String[] keys, String... arguments) {
        commands++;
        var now = micros.getAsLong();
        globals.set("KEYS", table(keys));
        globals.set("ARGV", table(arguments));
        var line = script.call().tojstring();
        recorder.accept(new Said(now, List.of(keys), List.of(arguments), line));
        return line;
    }

    /** Tells of every run from now on. */
    void record(Consumer<Said> listener) {
        recorder = listener;
    }

    void subscribe(String channel, Consumer<String> listener) {
        channels.computeIfAbsent(channel, name -> new ArrayList<>()).add(listener);
    }

    void unsubscribe(String channel, Consumer<String> listener) {
        channels.getOrDefault(channel, new ArrayList<>()).remove(listener);
    }

    /** Killed, and started again without what it knew. */
    void flush() {
        hashes.clear();
        sets.clear();
    }

    /** How often the script ran. */
    long commands() {
        return commands;
    }

    Map<String, String> hash(String key) {
        return hashes.getOrDefault(key, Map.of());
    }

    private static LuaTable table(String... values) {
        var table = new LuaTable();
        for (var i = 0; i < values.length; i++) {
            table.set(i + 1, LuaValue.valueOf(values[i]));
        }
        return table;
    }

    private final class Call extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs call) {
            var key = call.arg(2).tojstring();
            return switch (call.arg1().tojstring()) {
                case "TIME" -> time();
                case "HMGET" -> get(key, call);
                case "HSET" -> set(key, call);
                case "ZADD" -> {
                    sets.computeIfAbsent(key, name -> new TreeMap<>())
                            .put(call.arg(4).tojstring(), call.arg(3).todouble());
                    yield LuaValue.ONE;
                }
                case "ZREMRANGEBYSCORE" -> {
                    var last = call.arg(4).todouble();
                    sets.getOrDefault(key, Map.of()).values().removeIf(score -> score <= last);
                    yield LuaValue.ONE;
                }
                case "ZCARD" ->
                    LuaValue.valueOf(sets.getOrDefault(key, Map.of()).size());
                case "PUBLISH" -> {
                    List.copyOf(channels.getOrDefault(key, List.of()))
                            .forEach(one -> one.accept(call.arg(3).tojstring()));
                    yield LuaValue.ONE;
                }
                case "PEXPIRE" -> LuaValue.ONE;
                default -> throw new AssertionError("not here: " + call.arg1());
            };
        }

        private LuaTable time() {
            var now = SINCE * 1000 + micros.getAsLong();
            return table(Long.toString(now / 1_000_000), Long.toString(now % 1_000_000));
        }

        private LuaTable get(String key, Varargs call) {
            var hash = hashes.getOrDefault(key, Map.of());
            var values = new LuaTable();
            for (var i = 3; i <= call.narg(); i++) {
                var value = hash.get(call.arg(i).tojstring());
                values.set(i - 2, value == null ? LuaValue.FALSE : LuaValue.valueOf(value));
            }
            return values;
        }

        /** The interpreter would print a number with the precision of a float. */
        private String text(LuaValue value) {
            return value instanceof LuaNumber ? Double.toString(value.todouble()) : value.tojstring();
        }

        private LuaValue set(String key, Varargs call) {
            var hash = hashes.computeIfAbsent(key, name -> new LinkedHashMap<>());
            for (var i = 3; i < call.narg(); i += 2) {
                var value = text(call.arg(i + 1));
                if (value.equals("nan") || value.contains("NaN") || value.equals("inf")) {
                    throw new AssertionError(call.arg(i) + " is " + value + " after " + hash);
                }
                hash.put(call.arg(i).tojstring(), value);
            }
            return LuaValue.ONE;
        }
    }
}
