package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.BodyPart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@code multipart/form-data} body in parts: what is small as text, images as parts of their own, which are read
 * while they are sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578, multipart/form-data</a>
 */
public final class MultipartBody {

    /** What stands in a header between quotation marks, so nothing that could end them or the header. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_.-]{1,64}(?:\\[[A-Za-z_][A-Za-z0-9_.-]{0,63}\\]){0,8}(?:\\[\\])?");

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]{1,64}");

    private final String boundary;
    private final StringBuilder text = new StringBuilder();
    private final List<BodyPart> parts = new ArrayList<>();

    private MultipartBody(String boundary) {
        this.boundary = boundary;
    }

    /**
     * A body whose boundary nobody can foresee, and so write into a prompt or an image. Who could, sees none, so that it need
     * not withstand somebody who has seen others; and a secure random number blocks, which a request that is written on an
     * event loop must not.
     */
    public static MultipartBody create() {
        var random = ThreadLocalRandom.current();
        return new MultipartBody("darkroom-" + new UUID(random.nextLong(), random.nextLong()));
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Whether a name can be that of a field. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether a value can be that of a field: a text, a number, a boolean, or an object of such. */
    public static boolean isField(String name, @Nullable Object value) {
        return value instanceof Map<?, ?> object
                ? object.entrySet().stream()
                        .allMatch(member -> isField(within(name, member.getKey()), member.getValue()))
                : isName(name) && (value instanceof String || value instanceof Number || value instanceof Boolean);
    }

    private static String within(String name, @Nullable Object member) {
        return name + "[" + member + "]";
    }

    /** Adds a field, unless its value is null: a text, a number or a boolean; of an object each member, {@code name[member]}. */
    public void field(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((member, each) -> field(within(name, member), each));
        } else if (value != null) {
            open(name).append("\r\n\r\n").append(value).append("\r\n");
        }
    }

    /** Adds a file, under a name of ours: that of the user's file is nobody's business. */
    public void file(String name, String fileName, String mediaType, BodyPart content) {
        require(isName(fileName), "file name");
        require(MEDIA_TYPE.matcher(mediaType).matches(), "media type");
        open(name)
                .append("; filename=\"")
                .append(fileName)
                .append("\"\r\nContent-Type: ")
                .append(mediaType)
                .append("\r\n\r\n");
        cut();
        parts.add(content);
        text.append("\r\n");
    }

    public List<BodyPart> finish() {
        text.append("--").append(boundary).append("--\r\n");
        cut();
        return parts;
    }

    private StringBuilder open(String name) {
        require(isName(name), "field name");
        return text.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append('"');
    }

    private void cut() {
        parts.add(new BodyPart.Literal(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8))));
        text.setLength(0);
    }

    private static void require(boolean rule, String what) {
        if (!rule) {
            throw new IllegalArgumentException("no " + what + " of a multipart body may look like that");
        }
    }
}
