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
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the parts of a body are on the wire. */
public final class Bodies {

    private static final Pattern NAME = Pattern.compile("name=\"([^\"]+)\"(; filename=)?");

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

    /** What stands in JSON, or in the fields of a form: of a file its size, and of {@code a[b]} the {@code b} in {@code a}. */
    public static JsonNode fields(ApiCall call) {
        var type = call.headers().get("Content-Type");
        if (!type.startsWith("multipart/form-data; boundary=")) {
            return json(call);
        }
        var text = new String(wire(call), StandardCharsets.ISO_8859_1);
        var fields = JsonNodeFactory.instance.objectNode();
        for (String part : text.split("--" + Pattern.quote(type.substring(type.indexOf('=') + 1)))) {
            var name = NAME.matcher(part);
            if (name.find()) {
                var content = part.substring(part.indexOf("\r\n\r\n") + 4, part.length() - 2);
                var path =
                        name.group(1).replaceAll("\\[\\]$", "").replace("]", "").split("\\[");
                var at = fields;
                for (int i = 0; i < path.length - 1; i++) {
                    at = at.withObjectProperty(path[i]);
                }
                at.put(path[path.length - 1], name.group(2) == null ? content : content.length() + " bytes");
            }
        }
        return fields;
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
