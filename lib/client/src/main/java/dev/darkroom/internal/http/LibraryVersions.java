package dev.darkroom.internal.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Says in words that a library is older than what we call, where a build tool chose it for somebody else's sake: otherwise the first
 * request ends in a {@link NoSuchMethodError}. Asked when a client is made. The README has the same numbers, and an application with
 * just these is part of the build.
 *
 * <p>The hard case is a jar into which everything was packed: its manifest speaks of the application. So a version counts only where
 * the manifest names the library; who says nothing passes.
 */
public final class LibraryVersions {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\b.*");
    private static final @Nullable String FAULT = Stream.of(
                    fault("io.projectreactor:reactor-core", of(Mono.class, "reactor-core"), 3, 7),
                    fault(
                            "io.projectreactor.netty:reactor-netty-http",
                            of(HttpClient.class, "reactor-netty-http"),
                            1,
                            2),
                    fault("io.netty:netty-codec-http", of(HttpHeaders.class, "Netty/Codec/HTTP"), 4, 1),
                    fault(
                            "com.fasterxml.jackson.core:jackson-annotations",
                            of(JsonFormat.class, "Jackson-annotations"),
                            2,
                            20))
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

    /**
     * What a library's manifest says of its version; null if it is not the manifest of that library.
     *
     * @param type any class of it
     * @param title as its manifest says
     */
    static @Nullable String of(Class<?> type, String title) {
        var container = type.getPackage();
        return container != null && title.equals(container.getImplementationTitle())
                ? container.getImplementationVersion()
                : null;
    }
}
