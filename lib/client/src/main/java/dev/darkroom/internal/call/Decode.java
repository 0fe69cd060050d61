package dev.darkroom.internal.call;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.wire.HeapBudget;
import dev.darkroom.internal.wire.PayloadReader;
import dev.darkroom.settings.Limits;
import java.util.Objects;

/**
 * The fifth step: makes what reads a good answer, whatever kind it is. On the event loop.
 *
 * @param budget what this subscription keeps, its downloads included
 */
record Decode(Dialect dialect, Limits limits, HeapBudget budget) {

    Decode(Dialect dialect, Limits limits) {
        this(dialect, limits, new HeapBudget(limits.heapBytes()));
    }

    ReadingDecoder answer(Prepared prepared, Reply reply) {
        budget.clear(); // an attempt before this one kept nothing
        var reading = Objects.requireNonNull(dialect.reading(prepared.request(), reply), "no reading");
        var reader = PayloadReader.detect(reply.header("content-type"), limits).within(budget);
        return new ReadingDecoder(reader, reading, new KeptImages(limits, budget), prepared.warnings());
    }
}
