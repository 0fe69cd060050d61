package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes a {@code multipart/form-data} body apart, in memory. */
final class MultipartBody {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MultipartBody() {}

    /** The parts, in order; none if the body is of another type, or not what it says. */
    static List<FormPart> parse(String contentType, byte[] body) {
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return List.of();
        }
        var request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        try {
            var decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), request);
            try {
                var parts = new ArrayList<FormPart>();
                for (var data : decoder.getBodyHttpDatas()) {
                    parts.add(part(data));
                }
                return List.copyOf(parts);
            } finally {
                decoder.destroy();
            }
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException
                | HttpPostRequestDecoder.NotEnoughDataDecoderException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the parts are arrays
        }
    }

    /** The form as the journal keeps it: texts, and what is known of files without their bytes. */
    static JsonNode summary(List<FormPart> parts) {
        var form = NODES.objectNode();
        for (var part : parts) {
            var known = form.path(part.name());
            if (known instanceof ArrayNode list) {
                list.add(summary(part));
            } else if (known.isMissingNode()) {
                form.set(part.name(), summary(part));
            } else {
                form.set(part.name(), NODES.arrayNode().add(known).add(summary(part)));
            }
        }
        return form;
    }

    private static JsonNode summary(FormPart part) {
        if (!part.isFile()) {
            return JsonBody.shortened(NODES.stringNode(part.text()));
        }
        ObjectNode file = NODES.objectNode();
        return file.put("filename", part.fileName())
                .put("content_type", part.mediaType())
                .put("bytes", part.bytes().length);
    }

    private static FormPart part(InterfaceHttpData data) throws IOException {
        if (data instanceof FileUpload file) {
            return new FormPart(file.getName(), file.getFilename(), file.getContentType(), file.get());
        }
        var field = (Attribute) data;
        return new FormPart(
                field.getName(), null, "text/plain", field.getValue().getBytes(UTF_8));
    }
}
