package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What a test gets that calls its application without a socket, as {@code @SpringBootTest} does unless told otherwise. */
class EventsOfAMockServerTest {

    private static final Servers SERVERS = new Servers(EventsOverHttpTest.Application.class);

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MediaType.TEXT_EVENT_STREAM_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.APPLICATION_JSON_VALUE
            })
    void everyEventIsThereThoughTheBodyIsReadWhenItCountsAsWritten(String accept) {
        var events = WebTestClient.bindToApplicationContext(SERVERS.application(WebApplicationType.REACTIVE))
                .configureClient()
                .responseTimeout(Servers.PATIENCE)
                .build()
                .get()
                .uri("/events")
                .accept(MediaType.parseMediaType(accept))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBodyList(ImageEvent.class)
                .returnResult()
                .getResponseBody();
        assertThat(events).hasSizeGreaterThan(1).last().isInstanceOf(ImageEvent.Completed.class);
    }
}
