package dev.darkroom.emulator.gateway.gemini;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a call goes: which model, by which method, and at which of the two services.
 *
 * @param vertex whether this is Vertex AI: a path with a publisher
 * @param project whether the path names a project, whose members alone may ask
 * @param model the model's id
 * @param method such as {@code generateContent}
 */
record Endpoint(boolean vertex, boolean project, String model, String method) {

    private static final Pattern PATH = Pattern.compile(
            "/v1(?:beta1?|alpha)?(/projects/[^/]+/locations/[^/]+)?" + "(/publishers/google)?/models/([^/:]+):(\\w+)");

    static Optional<Endpoint> of(String route) {
        var matcher = PATH.matcher(route);
        return matcher.matches() && (matcher.group(1) == null || matcher.group(2) != null)
                ? Optional.of(new Endpoint(
                        matcher.group(2) != null, matcher.group(1) != null, matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    boolean makesImages() {
        return switch (method) {
            case "generateContent", "streamGenerateContent", "predict" -> true;
            default -> false;
        };
    }

    boolean streams() {
        return method.equals("streamGenerateContent");
    }

    boolean predicts() {
        return method.equals("predict");
    }
}
