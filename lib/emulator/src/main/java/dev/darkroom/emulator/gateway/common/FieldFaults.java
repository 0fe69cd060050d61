package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Reply;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * The faults which concern single fields, whatever the gateway calls them.
 *
 * @param fault what shall go wrong
 */
public record FieldFaults(Fault fault) {

    /**
     * An event, a document or an image, with fields nobody knows if there shall be some.
     *
     * @param json the object, which is changed
     * @return the same object
     */
    public ObjectNode fields(ObjectNode json) {
        if (fault == Fault.UNKNOWN_FIELDS) {
            json.put("watermark", "none")
                    .putObject("telemetry")
                    .put("steps", 28)
                    .putArray("nodes")
                    .add("a");
        }
        return json;
    }

    /**
     * A time.
     *
     * @param seconds the true one
     * @return it, or 0
     */
    public long created(long seconds) {
        return fault == Fault.CREATED_ZERO ? 0 : seconds;
    }

    /**
     * Whether usage is sent.
     *
     * @return true unless it shall be left out
     */
    public boolean usage() {
        return fault != Fault.NO_USAGE;
    }

    /**
     * A file in a field for base64.
     *
     * @param file the file
     * @param mediaType what it is
     * @return base64, or a {@code data:} URL
     */
    public String base64(byte[] file, String mediaType) {
        var text = Json.base64(file);
        return fault == Fault.DATA_URL ? "data:" + mediaType + ";base64," + text : text;
    }

    /**
     * A whole answer.
     *
     * @param json the document
     * @return 200, with fields nobody knows if there shall be some, or cut in the middle
     */
    public Reply document(ObjectNode json) {
        var bytes = Json.bytes(fields(json));
        boolean cut = fault == Fault.MALFORMED_JSON;
        return Reply.document(200, "application/json", cut ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
    }
}
