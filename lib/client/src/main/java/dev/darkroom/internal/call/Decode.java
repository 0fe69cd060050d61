package dev.darkroom.internal.call;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.decode.ReadingDecoder;
import dev.darkroom.internal.http.Allowance;
import java.util.Objects;

/**
 * The fifth step: makes what reads a good answer, whatever kind it is. On the event loop.
 *
 * @param allowance what this subscription may keep, its downloads included
 */
record Decode(Dialect dialect, Allowance allowance) {

    ReadingDecoder answer(Prepared prepared, Reply reply) {
        var reading = Objects.requireNonNull(dialect.reading(prepared.request(), reply), "no reading");
        return ReadingDecoder.of(reply.header("content-type"), reading, allowance, prepared.warnings());
    }
}
