package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Payload;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.GenerationRecord.Status;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.image.StoredStatus;
import java.util.List;
import java.util.Optional;

/**
 * What became of a request, by the images that token360 keeps: it is looked for among the newest hundred, by prompt, model and time,
 * since an answer names no record. So there may be several, and who asks is told all of them.
 */
final class Token360Lookup implements Lookup {

    private static final int LOOKED_AT = 100;

    private final Token360Storage storage;

    Token360Lookup(Token360Storage storage) {
        this.storage = storage;
    }

    @Override
    public Optional<ApiCall> ask(Sought sought) {
        return Optional.of(storage.list(StoredImageQuery.newestFirst().pageSize(LOOKED_AT)));
    }

    @Override
    public GenerationRecord read(Sought sought, Payload answer) {
        var found = storage.page(answer).images().stream()
                .filter(image -> mayBe(image, sought))
                .toList();
        if (found.isEmpty()) {
            return GenerationRecord.unknown();
        }
        var made = of(StoredStatus.COMPLETED, found);
        var failed = of(StoredStatus.FAILED, found);
        if (!made.isEmpty()) {
            return record(Status.MADE, made).withPictures(made);
        }
        return failed.size() == found.size()
                ? record(Status.FAILED, failed)
                        .withProviderMessage(failed.get(0).error())
                : record(Status.RUNNING, found);
    }

    private static GenerationRecord record(Status status, List<StoredImage> images) {
        var newest = images.get(0);
        return GenerationRecord.of(status).withGenerationId(newest.id()).withCreated(newest.createdAt());
    }

    private static List<StoredImage> of(StoredStatus status, List<StoredImage> images) {
        return images.stream().filter(image -> image.status().equals(status)).toList();
    }

    /** The gateway's clock counts in whole seconds. */
    private static boolean mayBe(StoredImage image, Sought sought) {
        var request = sought.request();
        if (request == null) {
            return image.id().equals(sought.generationId());
        }
        var since = sought.since();
        var created = image.createdAt();
        var isInTime = since == null || created == null || created.getEpochSecond() >= since.getEpochSecond();
        return isInTime && image.mayBeOf(request);
    }
}
