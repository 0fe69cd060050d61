package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.server.Call;
import java.util.Optional;

/**
 * Who asks. A project of Vertex AI wants a token, in {@code Authorization}; everything else a key, in a header or in the
 * query. Each in the other's place is refused, as a client that mixes them up would be.
 */
final class Credentials {

    private Credentials() {}

    static ApiKey of(Call call, boolean vertex, boolean project) {
        var key = call.header("x-goog-api-key")
                .or(() -> Optional.ofNullable(call.query().get("key")));
        if (vertex && project) {
            return ApiKey.of(
                    call,
                    () -> Errors.noToken(key.isPresent() ? "ACCESS_TOKEN_TYPE_UNSUPPORTED" : "CREDENTIALS_MISSING"),
                    () -> Errors.noToken("ACCESS_TOKEN_TYPE_UNSUPPORTED"));
        }
        if (key.filter(text -> !text.isBlank()).isEmpty()) {
            throw new ErrorReplyException(
                    call.header("authorization").isPresent()
                            ? Errors.noToken("ACCESS_TOKEN_TYPE_UNSUPPORTED")
                            : Errors.missingKey());
        }
        return ApiKey.known(key.get().strip(), Errors::invalidKey);
    }
}
