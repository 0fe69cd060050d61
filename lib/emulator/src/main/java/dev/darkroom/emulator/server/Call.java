package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.ImageCounter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request, as a gateway sees it.
 *
 * @param scheme {@code http} or {@code https}
 * @param method the HTTP method
 * @param route the path below the gateway's prefix, such as {@code /images}
 * @param query decoded query parameters, the first value of each
 * @param headers by lower-case name
 * @param json the body, null if there was none or it is not JSON
 * @param parts the body's parts, in order, if it is a multipart form
 * @param size the body's size in bytes
 * @param fault what shall go wrong
 * @param imageCounter where the gateway counts the images it accepts, makes and fails to make
 * @param fatalErrors gives the threads on which anything is done for this call
 */
public record Call(
        String scheme,
        String method,
        String route,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable JsonNode json,
        List<FormPart> parts,
        long size,
        Fault.Plan fault,
        ImageCounter imageCounter,
        FatalErrorGuard fatalErrors) {

    /**
     * A header's value.
     *
     * @param name in lower case
     * @return the value, or empty
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * What the body says in a field, be it valid or not.
     *
     * @param name the field
     * @return its text, or an empty one
     */
    public String fieldText(String name) {
        return json != null
                ? json.path(name).asString("")
                : parts.stream()
                        .filter(part -> part.name().equals(name) && !part.isFile())
                        .findFirst()
                        .map(FormPart::text)
                        .orElse("");
    }

    /**
     * Where the client believes this server is.
     *
     * @return scheme, host and port, without a slash at its end
     */
    public String origin() {
        return scheme + "://" + header("host").orElse("localhost");
    }
}
