package dev.darkroom.livepreview;

import java.util.LinkedHashMap;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** A refusal as RFC 9457 has it, whatever the application's own JSON looks like. */
final class ProblemWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private ProblemWriter() {}

    static byte[] bytes(PreviewRefusedException refusal) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("title", Objects.requireNonNullElse(refusal.getBody().getTitle(), ""));
        problem.put("status", refusal.getStatusCode().value());
        problem.put("detail", Objects.requireNonNullElse(refusal.getBody().getDetail(), ""));
        return JSON.writeValueAsBytes(problem);
    }
}
