package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.Timing;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Questions after tasks, and giving them up. A task that is not known, any more or to this key, is no error but a status.
 *
 * @param tasks the tasks
 * @param timing the clock
 */
record TaskRoutes(TaskStore tasks, Timing timing) {

    private static final Pattern ONE = Pattern.compile("/tasks/([^/]+)");
    private static final Pattern CANCEL = Pattern.compile("/tasks/([^/]+)/cancel");
    private static final String REQUEST_ID = "00000000-0000-9000-8000-000000000001";

    static Optional<RouteKind> kind(String method, String route) {
        if (method.equals("GET") && ONE.matcher(route).matches()) {
            return Optional.of(RouteKind.LOOKUP);
        }
        return method.equals("POST") && CANCEL.matcher(route).matches()
                ? Optional.of(RouteKind.CANCELLATION)
                : Optional.empty();
    }

    Reply answer(ApiKey apiKey, Call call) {
        var cancelled = CANCEL.matcher(call.route());
        if (cancelled.matches()) {
            return cancel(apiKey, cancelled.group(1));
        }
        var asked = ONE.matcher(call.route());
        return asked.matches() ? tell(apiKey, asked.group(1), call) : Errors.notFound();
    }

    private Reply tell(ApiKey apiKey, String id, Call call) {
        return tasks.find(id, apiKey.value(), timing.now())
                .map(task -> new FieldFaults(call.fault().fault()).document(task.json(timing.now())))
                .orElseGet(() -> unknown(id));
    }

    static Reply unknown(String id) {
        var json = Json.object().put("request_id", REQUEST_ID);
        json.putObject("output").put("task_id", id).put("task_status", "UNKNOWN");
        return Json.reply(200, json);
    }

    private Reply cancel(ApiKey apiKey, String id) {
        boolean done = tasks.find(id, apiKey.value(), timing.now())
                .filter(task -> task.cancel(timing.now()))
                .isPresent();
        return done
                ? Json.reply(200, Json.object().put("request_id", REQUEST_ID))
                : Errors.error(
                        400,
                        "UnsupportedOperation",
                        "Failed to cancel the task, please confirm if the task is in PENDING status.");
    }
}
