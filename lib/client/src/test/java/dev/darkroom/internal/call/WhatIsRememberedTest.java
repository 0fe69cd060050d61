package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.gate.Quota;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What is remembered beyond one call has a bound too. */
class WhatIsRememberedTest {

    private static final PriceLists.Key KEY =
            new PriceLists.Key(URI.create("https://example.com"), Quota.of("example.com", "sk-a", "a/b"));

    private final PageWalk walk =
            new PageWalk(new Token360Dialect().storage().orElseThrow(), StoredImageQuery.newestFirst());

    private static String page(String lastId) {
        return "{\"data\":[{\"id\":\"a\",\"status\":\"completed\"}],\"has_more\":true,\"last_id\":\"" + lastId + "\"}";
    }

    @Test
    void aPageThatIsNamedByAnEndlessIdMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> walk.turn(Payloads.document(page("x".repeat(1_001)))))
                .withMessageContaining("too long");
    }

    @Test
    void aCircleIsSeenAlsoAfterVeryManyPages() {
        for (int i = 0; i < 10_000; i++) {
            walk.turn(Payloads.document(page("id-" + i)));
        }
        walk.turn(Payloads.document(page("again")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> walk.turn(Payloads.document(page("again"))))
                .withMessageContaining("circle");
    }

    private static ModelEndpoint endpoint(String name) {
        return new ModelEndpoint(name, "", null, Map.of(), List.of(), false, List.of());
    }

    private static int timesAsked(List<ModelEndpoint> list) {
        var asked = new AtomicInteger();
        var lists = new PriceLists();
        for (int i = 0; i < 2; i++) {
            lists.of(KEY, asked, Mono.fromCallable(() -> {
                        asked.incrementAndGet();
                        return list;
                    }))
                    .block();
        }
        return asked.get();
    }

    @Test
    void aPriceListIsRememberedUnlessItIsAbsurdlyLarge() {
        assertThat(timesAsked(Collections.nCopies(50, endpoint("a provider")))).isEqualTo(1);
        assertThat(timesAsked(List.of(endpoint("x".repeat(100_000))))).isEqualTo(2);
        assertThat(timesAsked(Collections.nCopies(100_000, endpoint("")))).isEqualTo(2);
    }
}
