package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.BodyPart;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class UploadOwnershipTest {

    private static BodyPart literal(int size) {
        return new BodyPart.Literal(ByteBuffer.wrap(new byte[size]));
    }

    /** Netty owns it by then, and writes it. */
    @Test
    void aPieceThatWasHandedOnIsNotReleasedByACancellation() {
        var taken = new ArrayList<ByteBuf>();
        Upload.of(List.of(literal(10)))
                .concatMap(
                        piece -> {
                            taken.add(piece);
                            return Mono.just(true).hide();
                        },
                        1)
                .takeUntil(isLast -> isLast)
                .doOnDiscard(ByteBuf.class, ByteBuf::release)
                .blockLast();
        assertThat(taken)
                .hasSize(1)
                .allSatisfy(piece -> assertThat(piece.refCnt()).isEqualTo(1));
        taken.forEach(ByteBuf::release);
    }
}
