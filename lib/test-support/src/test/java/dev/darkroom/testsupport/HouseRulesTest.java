package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

class HouseRulesTest {

    @Test
    void aBufferThatNobodyReleasesIsReported() {
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < 50 && leaks.isEmpty(); i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
            leaks.addAll(LeakRecords.drain());
        }
        // whatever is still to be collected belongs to this test, not to the class
        for (int i = 0; i < 5; i++) {
            LeakRecords.drain();
        }
        assertThat(leaks).isNotEmpty();
    }

    @Test
    void aDroppedErrorIsKeptForTheTestThatDroppedIt() {
        var dropped = new IllegalStateException("dropped on purpose");
        Operators.onErrorDropped(dropped, Context.empty());
        assertThat(HouseRules.takeDroppedErrors()).containsExactly(dropped);
    }

    @Test
    void blockingAnEventLoopIsAnError() {
        assertThatThrownBy(() -> reactor.core.publisher.Mono.fromCallable(() -> {
                            Thread.sleep(1);
                            return 1;
                        })
                        .subscribeOn(Schedulers.parallel())
                        .block())
                .hasRootCauseInstanceOf(reactor.blockhound.BlockingOperationError.class);
    }
}
