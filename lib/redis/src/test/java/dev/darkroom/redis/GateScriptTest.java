package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Quota;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class GateScriptTest {

    private static final String CLOCK = "local t = redis.call('TIME')\n";

    /** What a fleet said in virtual time, said again to a real server whose script reads its clock from us. */
    @Test
    void aServerAnswersWhatTheInterpreterOfTheTestsAnswers() {
        try (var server = RedisServer.started()) {
            var fleet = new FleetSimulation(20, 20, 3).shared(8, 16);
            var said = new ArrayList<LuaRedis.Said>();
            fleet.redis().record(said::add);
            fleet.run(150);
            var script = GateScript.TEXT.replace(CLOCK, "local t = {table.remove(ARGV), table.remove(ARGV)}\n");

            var client = RedisClient.create(server.uri());
            try (var connection = client.connect()) {
                assertThat(said).hasSizeGreaterThan(150).allSatisfy(one -> {
                    var answer = connection
                            .sync()
                            .<String>eval(
                                    script,
                                    ScriptOutputType.VALUE,
                                    one.keys().toArray(String[]::new),
                                    one.argumentsAndClock());
                    assertThat(Word.of(answer))
                            .usingRecursiveComparison()
                            .withComparatorForType(GateScriptTest::nearly, Double.class)
                            .isEqualTo(Word.of(one.answer()));
                });
            } finally {
                client.shutdown();
            }
        }
    }

    private static int nearly(double one, double other) {
        return Math.abs(one - other) < 0.01 ? 0 : Double.compare(one, other);
    }

    @Test
    void aKeyTellsTheModelAndNoCredential() {
        var key = GateScript.key("darkroom", Quota.of("api.example", "sk-very-secret", "a model {of} ours"));

        assertThat(key)
                .startsWith("darkroom:{api.example/")
                .endsWith("/a+model+%7Bof%7D+ours}")
                .doesNotContain("secret");
    }

    @Test
    void allThatBelongsToAQuotaLiesInOneSlotOfACluster() {
        var keys = GateScript.keys("darkroom", Quota.of("api.example", "key", "model"));

        assertThat(keys).allSatisfy(key -> assertThat(key).startsWith(keys[0]));
        assertThat(keys[0]).matches("[^{}]+\\{[^{}]+}");
    }
}
