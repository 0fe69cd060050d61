package dev.darkroom.json;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;

/** Writes pictures. Their bytes go from their segments to base64 in the generator's buffer, and never lie in one piece. */
record ImageWriting(JsonGenerator json, SerializationContext context, ImageForm form) {

    /**
     * Writes one.
     *
     * @param index which image of the request it is
     * @param sent whether it was sent before, so that it is only named
     */
    void write(int index, GeneratedImage image, boolean sent) {
        json.writeStartObject();
        json.writeNumberProperty("index", index);
        if (sent) {
            json.writeBooleanProperty("announced", true);
        } else {
            picture(image);
        }
        json.writeEndObject();
    }

    private void picture(GeneratedImage image) {
        if (image.mediaType() != null) {
            json.writeStringProperty("mediaType", image.mediaType());
        }
        if (image.isLoaded()) {
            json.writeNumberProperty("size", image.size());
        }
        if (image.revisedPrompt() != null) {
            json.writeStringProperty("revisedPrompt", image.revisedPrompt());
        }
        var own = form.insteadOf(image);
        var url = own == null ? image.url() : own;
        if (url != null) {
            json.writeStringProperty("url", url.toString());
        }
        if (image.downloadFailure() != null && own == null) {
            downloadFailure(image.downloadFailure());
        }
        if (image.isLoaded() && own == null && form.hasBytes()) {
            json.writeName("base64");
            base64(image);
        }
    }

    private void base64(GeneratedImage image) {
        if (context.getAttribute(LazyJson.class) instanceof LazyJson.Parts parts) {
            json.writeRawValue(""); // what stands between two values, so that the next one goes on behind the picture
            json.flush();
            parts.add(image);
        } else if (json.streamWriteOutputTarget() == null) {
            json.writeBinary(image.toByteArray()); // tokens or a tree, which keep the bytes and take no stream
        } else {
            json.writeBinary(image.asInputStream(), image.size() > Integer.MAX_VALUE ? -1 : (int) image.size());
        }
    }

    /** Of a failure that is not ours nothing is known but that there was one: its message may say anything. */
    private void downloadFailure(Throwable cause) {
        json.writeObjectPropertyStart("downloadFailure");
        if (cause instanceof DownloadFailedException failure) {
            json.writeStringProperty("reason", Words.of(failure.reason()));
            json.writeStringProperty("message", failure.getMessage());
            if (failure.status() != null) {
                json.writeNumberProperty("status", failure.status());
            }
            if (failure.retryAt() != null) {
                json.writeStringProperty("retryAt", failure.retryAt().toString());
            }
        }
        json.writeEndObject();
    }
}
