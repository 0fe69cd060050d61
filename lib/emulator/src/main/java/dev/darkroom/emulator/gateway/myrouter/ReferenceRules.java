package dev.darkroom.emulator.gateway.myrouter;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.seedream.SeedreamRules;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of the references. 4.0 takes jpeg and png of 10 MB at most, 15 to 6000 pixels a side, no steeper than 3:1.
 *
 * @param endpoint the model
 */
record ReferenceRules(Endpoint endpoint) {

    private static final int LARGEST = 10 << 20;
    private static final int SHORTEST = 14;
    private static final int LONGEST = 6000;
    private static final Pattern OLDER = Pattern.compile("(?s)https?://.*|data:image/(?:jpe?g|png);base64,.*");

    List<Reference> read(RequestFields fields, SeedreamRules rules) {
        var urls = fields.texts(endpoint.references());
        if (endpoint.legacy()) {
            urls.forEach(this::checkFile);
        }
        var references = rules.references(endpoint.references(), urls, endpoint.mostReferences());
        if (endpoint.legacy()) {
            references.stream().filter(Reference::isPicture).forEach(this::checkPicture);
        }
        return references;
    }

    private void checkFile(String url) {
        if (!OLDER.matcher(url).matches()) {
            throw refusal("INVALID_IMAGE_FORMAT", "an image must be a URL or base64 of a jpeg or png");
        }
        if (ReferenceImages.dataUrl(url).filter(file -> file.length > LARGEST).isPresent()) {
            throw refusal("IMAGE_FILE_EXCEEDS_MAX_SIZE", "an image must be 10 MB at most");
        }
    }

    private void checkPicture(Reference picture) {
        int longer = Math.max(picture.width(), picture.height());
        int shorter = Math.min(picture.width(), picture.height());
        if (longer > LONGEST) {
            throw refusal("IMAGE_EXCEEDS_MAX_RESOLUTION", "an image must be 6000x6000 pixels at most");
        }
        if (shorter <= SHORTEST || longer > 3 * shorter) {
            throw refusal(
                    "INVALID_IMAGE_SIZE", "an image must have more than 14 pixels a side and a ratio of 1/3 to 3");
        }
    }

    private static ErrorReplyException refusal(String reason, String message) {
        return new ErrorReplyException(Errors.error(400, reason, message));
    }
}
