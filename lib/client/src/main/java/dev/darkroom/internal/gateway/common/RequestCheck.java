package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.Background;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects everything that is wrong with a request, so that it is all said at once and before anything is sent. */
public final class RequestCheck {

    private final String gateway;
    private final List<String> faults = new ArrayList<>();

    public RequestCheck(String gateway) {
        this.gateway = gateway;
    }

    /** Notes a fault unless the rule holds. The text names the field, the value and what would be right. */
    public void require(boolean rule, String fault) {
        if (!rule) {
            faults.add(fault);
        }
    }

    /** Notes a fault. */
    public void refuse(String fault) {
        faults.add(fault);
    }

    /** Notes the options which the gateway or the model does not take. */
    public void refuse(ImageRequest request, Map<ImageOption<?>, String> unsupported) {
        unsupported.forEach((option, why) ->
                refuse(option + " is not taken by " + gateway + " for model " + request.model() + ": " + why));
    }

    /** Model and prompt are there, and no extra contradicts a field. */
    public void texts(ImageRequest request, String modelIs, Set<String> fields) {
        require(
                !request.model().isBlank(),
                "model must not be blank: it is " + modelIs
                        + "; set it by ImageRequest.model(..), in Spring Boot for all requests by darkroom.model");
        require(!request.prompt().isBlank(), "prompt must not be blank");
        var clash = new TreeSet<>(request.extras().keySet());
        clash.retainAll(fields);
        require(clash.isEmpty(), "extras " + clash + " are fields of the request itself: set them as such");
        require(JsonText.isWritable(request.extras()), "extras must be JSON values");
    }

    /** Nothing is said twice, by an option and by an extra under the option's name. */
    public void once(ImageRequest request, ImageOption<?>... options) {
        for (ImageOption<?> option : options) {
            require(
                    !request.options().contains(option) || !request.extras().containsKey(option.name()),
                    "extras [" + option + "] are fields of the request itself: set them as such");
        }
    }

    /** A number is within its bounds, if there is one. */
    public void range(ImageRequest request, ImageOption<Integer> option, int least, int most) {
        request.get(option)
                .ifPresent(value -> require(
                        value >= least && value <= most,
                        option + " must be " + least + " to " + most + ", not " + value));
    }

    /** There are not too many references. */
    public void references(ImageRequest request, int most) {
        var count = request.references().size();
        require(count <= most, "references must be at most " + most + ", not " + count);
    }

    /** What is asked for of the looks does not contradict itself. */
    public void looks(ImageRequest request) {
        require(
                request.background() == null
                        || !request.background().equals(Background.TRANSPARENT)
                        || !OutputFormat.JPEG.equals(request.outputFormat()),
                "background transparent needs output_format png or webp, not jpeg");
        var size = request.size();
        var aspectRatio = request.aspectRatio();
        var resolution = request.resolution();
        require(
                size == null || aspectRatio == null || !SizeRules.contradicts(size, aspectRatio),
                "size " + size + " contradicts aspect_ratio " + aspectRatio + ": leave one of them out");
        require(
                size == null || resolution == null || !SizeRules.contradicts(size, resolution),
                "size " + size + " contradicts resolution " + resolution + ": leave one of them out");
    }

    public void throwIfRefused() {
        if (!faults.isEmpty()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to " + gateway + ": " + String.join("; ", faults),
                    FailureDetails.NONE);
        }
    }
}
