package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.dialect.Blob;
import dev.darkroom.settings.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request keeps on the heap is counted while it comes, and given back when it goes. */
class HeapLimitTest {

    private static final Limits LIMITS = Limits.defaults();
    private static final String IMAGE = "QUJD".repeat(10_000);
    private static final int IMAGE_BYTES = 30_000;

    private final HeapBudget budget = new HeapBudget(200_000);

    private static void exceedsTheHeap(PayloadReader reader, String document) {
        assertThatExceptionOfType(WireException.LimitExceeded.class)
                .isThrownBy(() -> Reads.one(reader, document))
                .withMessageContaining(Limits.HEAP_BYTES)
                .matches(e -> e.setting().equals(Limits.HEAP_BYTES) && e.limit() == 200_000);
    }

    private static List<LiftedPayload> feed(PayloadReader reader, String text) {
        var bytes = text.getBytes(US_ASCII);
        return reader.feed(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"\"", "0", "1.5", "{\"a\":{}}", "[[[[]]]]", "\"https://example.org/\""})
    void aTextOfVeryManyNodesIsRefusedBeforeItsTreeIsThere(String node) {
        var document = "[" + (node + ",").repeat(10_000) + "0]";
        exceedsTheHeap(PayloadReader.document(LIMITS).within(budget), document);
        assertThat(Reads.one(PayloadReader.document(LIMITS), document).json()).hasSize(10_001);
    }

    @Test
    void anArrayOfNullsPaysForItsPlaces() {
        exceedsTheHeap(PayloadReader.document(LIMITS).within(budget), "[" + "null,".repeat(20_000) + "0]");
    }

    @Test
    void theImagesOfADocumentAreCountedTogether() {
        exceedsTheHeap(PayloadReader.document(LIMITS).within(budget), "[" + ("\"" + IMAGE + "\",").repeat(8) + "0]");
    }

    @Test
    void whatWasReadAndLetGoIsNotCountedAnyMore() {
        var reader = PayloadReader.stream(LIMITS).within(budget);
        for (int i = 0; i < 50; i++) {
            var payloads = feed(reader, "data: [\"" + IMAGE + "\",{\"a\":[]}]\n\n");
            assertThat(budget.held()).isBetween((long) IMAGE_BYTES, IMAGE_BYTES + 10_000L);
            payloads.forEach(LiftedPayload::letGo);
            assertThat(budget.held()).isLessThan(2_000);
        }
    }

    @Test
    void textThatWasLiftedInVainIsNotCountedTwice() {
        var reader = PayloadReader.stream(LIMITS).within(budget);
        for (int i = 0; i < 20; i++) {
            feed(reader, "data: [\"" + IMAGE + "%\"]\n\n").forEach(LiftedPayload::letGo);
        }
        assertThat(budget.held()).isLessThan(1 << 16);
    }

    @Test
    void namesAndIdsOfEventsAreCountedToo() {
        var reader = PayloadReader.stream(LIMITS).within(budget);
        feed(reader, "event: " + "x".repeat(60_000) + "\nid: ");
        assertThatThrownBy(() -> feed(reader, "y".repeat(150_000) + "\n")).hasMessageContaining(Limits.HEAP_BYTES);
    }

    @Test
    void anImageMadeOfALittleTextIsAskedForBeforeItIsMade() {
        var limits = LIMITS.images(3);
        var payload = Reads.one(PayloadReader.document(limits).within(budget), "[]");
        var before = budget.held();
        payload.admit(3);
        assertThat(budget.held()).isGreaterThan(before);
        assertThatThrownBy(() -> payload.admit(4)).hasMessageContaining(Limits.IMAGES);
        payload.letGo();
        assertThat(budget.held()).isLessThanOrEqualTo(before);
    }

    @Test
    void theImagesThatAreWholeInADocumentThatBreaksOffAreThere() {
        var whole = "{\"created\":1,\"data\":[{\"b64\":\"" + IMAGE + "\"},{\"b64\":\"" + IMAGE + "\",\"of\":[1,";
        for (String rest :
                List.of("", "2", "\"", "{", "{\"", "{\"a\"", "{\"a\":", "]},{\"b64\":\"" + IMAGE, "]},{\"b64\":\"\n")) {
            var reader = PayloadReader.document(LIMITS);
            feed(reader, whole + rest);
            var payload = reader.unfinished();
            var images = new ArrayList<Blob>();
            payload.json().path("data").forEach(item -> images.add(payload.blob(item.path("b64"))));
            assertThat(images.subList(0, 2))
                    .as(rest)
                    .allSatisfy(image -> assertThat(image.size()).isEqualTo(IMAGE_BYTES));
            assertThat(payload.json().path("created").intValue()).isEqualTo(1);
        }
    }

    @Test
    void whatIsWholeIsThereAlsoWhereTheHeapIsFull() {
        var reader = PayloadReader.document(LIMITS).within(budget);
        var tooMuch = "{\"data\":[" + ("\"" + IMAGE + "\",").repeat(8);
        assertThatThrownBy(() -> feed(reader, tooMuch)).hasMessageContaining(Limits.HEAP_BYTES);
        var payload = reader.unfinished();
        var images =
                payload.json().path("data").valueStream().map(payload::blob).toList();
        assertThat(images)
                .hasSizeBetween(5, 6)
                .allSatisfy(image -> assertThat(image.size()).isEqualTo(IMAGE_BYTES));
    }

    @Test
    void ofADocumentThatWasReadNothingIsUnfinished() {
        var reader = PayloadReader.document(LIMITS);
        feed(reader, "[\"" + IMAGE + "\"]");
        assertThat(reader.end()).hasSize(1);
        assertThat(reader.unfinished()).isNull();
        assertThat(PayloadReader.document(LIMITS).unfinished()).isNull();
    }

    @Test
    void aBudgetIsNeverExceededByItsOwnTakers() {
        assertThat(budget.tryTake(150_000)).isTrue();
        assertThat(budget.tryTake(Long.MAX_VALUE)).isFalse();
        assertThat(budget.tryTake(50_001)).isFalse();
        assertThat(budget.tryTake(50_000)).isTrue();
        budget.giveBack(50_000);
        assertThat(budget.held()).isEqualTo(150_000);
    }

    @Test
    void theDefaultLeavesThreeQuartersOfTheHeap() {
        assertThat(LIMITS.heapBytes()).isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }
}
