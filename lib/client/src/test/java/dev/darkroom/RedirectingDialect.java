package dev.darkroom;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.dialect.Storage;
import dev.darkroom.dialect.StoredPage;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A stranger's dialect: token360's, but with contents by redirect, which is what its API does unless told otherwise. */
final class RedirectingDialect implements Dialect, Storage {

    private final Dialect dialect = new Token360Dialect();
    private final Storage storage = dialect.storage().orElseThrow();

    @Override
    public String name() {
        return "redirecting";
    }

    @Override
    public URI baseUrl() {
        return dialect.baseUrl();
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return dialect.generate(request);
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return dialect.reading(request, reply);
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return dialect.failure(reply, body);
    }

    @Override
    public Optional<Storage> storage() {
        return Optional.of(this);
    }

    @Override
    public ApiCall content(String id) {
        var call = storage.content(id);
        return new ApiCall(call.method(), call.path().replace("?format=binary", ""), Map.of(), call.body());
    }

    @Override
    public ApiCall list(StoredImageQuery query) {
        return storage.list(query);
    }

    @Override
    public StoredPage page(Payload answer) {
        return storage.page(answer);
    }

    @Override
    public ApiCall url(String id) {
        return storage.url(id);
    }

    @Override
    public URI url(Payload answer) {
        return storage.url(answer);
    }

    @Override
    public ApiCall delete(String id) {
        return storage.delete(id);
    }

    @Override
    public void deleted(Payload answer) {
        storage.deleted(answer);
    }
}
