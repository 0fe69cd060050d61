package dev.darkroom.emulator.gateway.azure;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.server.Call;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: {@code /v1} with or without a version, or anything else with a dated one, in which the path may name the
 * deployment.
 *
 * @param path what is asked for, such as {@code /images/edits}
 * @param deployment the deployment if the path names it
 */
record Route(String path, @Nullable String deployment) {

    private static final String V1 = "/v1/";
    private static final Pattern DEPLOYMENT = Pattern.compile("/deployments/([^/]+)(/.+)");
    private static final Set<String> V1_VERSIONS = Set.of("", "v1", "preview");
    private static final Pattern DATED = Pattern.compile("20\\d\\d-\\d\\d-\\d\\d(-preview)?");

    static Route of(String route) {
        var deployed = DEPLOYMENT.matcher(route);
        if (deployed.matches()) {
            return new Route(deployed.group(2), deployed.group(1));
        }
        return new Route(route.startsWith(V1) ? route.substring(V1.length() - 1) : route, null);
    }

    /** Where the call goes, if its version suits the path. */
    static Route of(Call call) {
        var version = call.query().getOrDefault("api-version", "");
        if (call.route().startsWith(V1)) {
            if (!V1_VERSIONS.contains(version)) {
                throw new ErrorReplyException(Errors.noVersion());
            }
        } else if (!DATED.matcher(version).matches()) {
            throw new ErrorReplyException(Errors.notFound());
        }
        return of(call.route());
    }

    boolean isEdit() {
        return path.equals("/images/edits");
    }

    boolean makesImages() {
        return isEdit() || path.equals("/images/generations");
    }
}
