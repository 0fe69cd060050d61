package dev.darkroom.internal.http;

import dev.darkroom.dialect.Reply;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the body of an answer ended. Here alone it is decided whether that proves that nothing is missing: by the length that
 * was promised, the last chunk, or the end of an HTTP/2 stream (which Netty shows as chunks). A body which ends with its
 * connection looks the same whole and cut.
 *
 * @param proven whether all of it came
 * @param failure what broke it off; null if it ended
 */
public record BodyEnd(boolean proven, @Nullable HttpFailure failure) {

    /** All of it came. */
    public static final BodyEnd PROVEN = new BodyEnd(true, null);

    /** It ended with the connection, or its rest was not waited for. */
    public static final BodyEnd UNPROVEN = new BodyEnd(false, null);

    static BodyEnd broken(HttpFailure failure) {
        return new BodyEnd(false, failure);
    }

    /** How an answer ends if it ends in order. */
    static BodyEnd inOrder(Reply reply) {
        return isTold(reply) ? PROVEN : UNPROVEN;
    }

    /** Whether an answer says where it ends. Of the codings of a transfer only chunks do. */
    static boolean isTold(Reply reply) {
        var transfer = reply.header("transfer-encoding");
        var chunked = transfer != null
                && Arrays.stream(transfer.split(","))
                        .anyMatch(each -> each.strip().equalsIgnoreCase("chunked"));
        return chunked || reply.header("content-length") != null;
    }
}
