package dev.darkroom.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Says in words that a library is older than what we call, where a build tool chose it for somebody else's sake: otherwise the first
 * request ends in a {@link NoSuchMethodError}. Asked when a client is made; a jar that does not say its version passes. The README
 * has the same numbers, and an application with just these is part of the build.
 */
public final class LibraryVersions {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\b.*");
    private static final @Nullable String FAULT = Stream.of(
                    fault("io.projectreactor:reactor-core", of(Mono.class), 3, 7),
                    fault("io.projectreactor.netty:reactor-netty-http", of(HttpClient.class), 1, 2),
                    fault("io.netty:netty-codec-http", of(HttpHeaders.class), 4, 1),
                    fault("com.fasterxml.jackson.core:jackson-annotations", of(JsonFormat.class), 2, 20))
            .filter(fault -> !fault.isEmpty())
            .findFirst()
            .orElse(null);

    private LibraryVersions() {}

    /** Throws an {@link IllegalStateException} which names the library. */
    public static void check() {
        if (FAULT != null) {
            throw new IllegalStateException(FAULT);
        }
    }

    /** Empty if there is none. */
    static String fault(String library, @Nullable String found, int major, int minor) {
        var version = VERSION.matcher(found == null ? "" : found);
        if (!version.matches()) {
            return "";
        }
        var foundMajor = Integer.parseInt(version.group(1));
        var isOlder = foundMajor < major || (foundMajor == major && Integer.parseInt(version.group(2)) < minor);
        return isOlder
                ? "darkroom-client needs " + library + " " + major + "." + minor + " or later, and " + found
                        + " is on the class path: name a newer one in your build (a BOM does), or darkroom-client before what"
                        + " brings the old one"
                : "";
    }

    private static @Nullable String of(Class<?> type) {
        var container = type.getPackage();
        return container == null ? null : container.getImplementationVersion();
    }
}
