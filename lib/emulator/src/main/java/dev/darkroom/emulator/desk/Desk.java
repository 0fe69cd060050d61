package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.fault.Fault.Kind;
import dev.darkroom.emulator.journal.Charge;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect;
import dev.darkroom.emulator.server.Reply;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A dialect: a tongue, behind what is alike in all of them. Refuses on purpose what a fault says shall be refused, and
 * turns a {@link Refusal} into its reply.
 *
 * @param tongue the API's own
 * @param time the clock
 */
public record Desk(Tongue tongue, Scheduler time) implements Dialect {

    @Override
    public String prefix() {
        return tongue.prefix();
    }

    @Override
    public Script script(String method, String route) {
        return tongue.script(method, route);
    }

    @Override
    public Charge charge() {
        return tongue.charge();
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.defer(() -> call.fault().fault().kind() == Kind.REFUSAL ? refused(call) : tongue.answer(call))
                .onErrorResume(Refusal.class, refusal -> Mono.just(refusal.reply()))
                .map(tongue::labelled);
    }

    @Override
    public Reply refusal(int status, String message) {
        return tongue.labelled(tongue.error(status, message));
    }

    private Mono<Reply> refused(Call call) {
        var trouble = Trouble.planned(call.fault(), Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)));
        return Mono.just(tongue.refusal(trouble, call)
                .orElseGet(() -> tongue.error(
                        400,
                        "This API of the emulator has no " + trouble.fault().word() + " fault")));
    }
}
