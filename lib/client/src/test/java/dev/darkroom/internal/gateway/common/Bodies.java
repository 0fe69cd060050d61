package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the parts of a body are on the wire. */
public final class Bodies {

    private Bodies() {}

    public static byte[] wire(ApiCall call) {
        var bytes = new ByteArrayOutputStream();
        for (BodyPart part : call.body()) {
            try {
                bytes.writeBytes(bytes(part));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(call.contentLength()).isEqualTo(bytes.size());
        return bytes.toByteArray();
    }

    public static JsonNode json(ApiCall call) {
        return JsonMapper.shared().readTree(wire(call));
    }

    private static byte[] bytes(BodyPart part) throws IOException {
        if (part instanceof BodyPart.Literal literal) {
            return array(literal.content());
        }
        if (part instanceof BodyPart.Ascii ascii) {
            return ascii.text().substring(ascii.from()).getBytes(StandardCharsets.US_ASCII);
        }
        if (part instanceof BodyPart.Base64Bytes image) {
            return Base64.getEncoder().encode(array(image.content()));
        }
        if (part instanceof BodyPart.RawFile file) {
            return Files.readAllBytes(file.path());
        }
        return Base64.getEncoder().encode(Files.readAllBytes(((BodyPart.Base64File) part).path()));
    }

    private static byte[] array(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
