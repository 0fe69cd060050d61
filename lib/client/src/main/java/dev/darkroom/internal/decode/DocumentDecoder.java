package dev.darkroom.internal.decode;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.BodyEnd;
import dev.darkroom.internal.wire.PayloadReader;
import dev.darkroom.settings.Limits;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document to its end and makes a list of it. Whatever goes wrong, an {@link Error} included, is the failure of
 * this call.
 *
 * @param <T> what the list holds
 */
public final class DocumentDecoder<T> implements BodyDecoder<T> {

    private final PayloadReader reader;
    private final Function<Payload, List<T>> meaning;
    private @Nullable RuntimeException failure;

    /**
     * A decoder of one document.
     *
     * @param limits what it may cost
     * @param meaning what it says
     */
    public DocumentDecoder(Limits limits, Function<Payload, List<T>> meaning) {
        this.reader = PayloadReader.document(limits).lenient();
        this.meaning = meaning;
    }

    @Override
    public List<T> feed(ByteBuf chunk) {
        try {
            reader.feed(chunk);
        } catch (Throwable e) {
            failure = failure(e, true);
        }
        return List.of();
    }

    @Override
    public boolean isDone() {
        return failure != null;
    }

    @Override
    public boolean isWhole() {
        return reader.isWhole();
    }

    @Override
    public List<T> end() {
        return end(BodyEnd.PROVEN);
    }

    /** A whole document is one however its connection ends. */
    @Override
    public List<T> end(BodyEnd end) {
        if (failure != null) {
            throw failure;
        }
        if (end.failure() != null && !reader.isWhole()) {
            throw end.failure();
        }
        try {
            return meaning.apply(reader.end().get(0));
        } catch (Throwable e) { // of a dialect which may be anybody's
            throw failure(e, end.proven());
        }
    }

    private static RuntimeException failure(Throwable cause, boolean proven) {
        return Unread.over(cause, () -> PartialResult.NOTHING, proven);
    }
}
