package dev.darkroom.internal.http;

import dev.darkroom.dialect.Reply;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * A call of the API which is answered by an image, or by a redirect to one. Its headers hold the key; they go where the call
 * goes, and no step further.
 *
 * @param call what to send
 * @param transport to the API
 * @param refusals reads an answer which is neither
 * @param unreached what it means that the call cannot have reached the API
 */
public record ApiImage(
        HttpCall call,
        Transport transport,
        Function<Reply, BodyDecoder<ByteBuffer>> refusals,
        Function<HttpFailure, RuntimeException> unreached) {}
