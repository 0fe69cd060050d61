package dev.darkroom.spring.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One application on either kind of server, started when it is first asked for, with an emulator each. */
final class Servers implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Class<?> application;
    private final List<String> properties;
    private final Map<WebApplicationType, ConfigurableApplicationContext> running =
            new EnumMap<>(WebApplicationType.class);

    Servers(Class<?> application, String... properties) {
        this.application = application;
        this.properties = new ArrayList<>(List.of(
                "server.port=0",
                "spring.main.banner-mode=off",
                "darkroom.emulator.enabled=true",
                "darkroom.emulator.latency=0s",
                "darkroom.emulator.partials=2",
                "darkroom.emulator.shrink=16",
                "darkroom.model=openai/gpt-image-1-mini"));
        this.properties.addAll(List.of(properties));
    }

    ConfigurableApplicationContext application(WebApplicationType type) {
        return running.computeIfAbsent(
                type,
                kind -> new SpringApplicationBuilder(application)
                        .web(kind)
                        .run(properties.stream()
                                .map(property -> "--" + property)
                                .toArray(String[]::new)));
    }

    int port(WebApplicationType type) {
        return application(type).getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    HttpResponse<byte[]> get(WebApplicationType type, String path, String... headers) throws Exception {
        return send(type, "GET", path, headers);
    }

    HttpResponse<byte[]> send(WebApplicationType type, String method, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(type) + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        running.values().forEach(ConfigurableApplicationContext::close);
        running.clear();
    }
}
