package dev.darkroom.spring.web;

import dev.darkroom.image.GeneratedImage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Writes one picture with MVC, from its segments: on the thread of the request, which a browser that stalls holds, as with any body there. */
final class ImageHttpMessageConverter extends AbstractHttpMessageConverter<GeneratedImage> {

    ImageHttpMessageConverter() {
        super(ImageHeaders.MEDIA_TYPES.toArray(MediaType[]::new));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == GeneratedImage.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected GeneratedImage readInternal(Class<? extends GeneratedImage> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("images are written, not read", message);
    }

    @Override
    protected void addDefaultHeaders(HttpHeaders headers, GeneratedImage image, @Nullable MediaType mediaType) {
        ImageHeaders.describe(image, headers);
    }

    @Override
    protected void writeInternal(GeneratedImage image, HttpOutputMessage message) throws IOException {
        if (message instanceof ServletServerHttpResponse response && isKnown(response.getHeaders())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        } else {
            image.asInputStream().transferTo(message.getBody());
        }
    }

    /** Whether the browser has this picture already. */
    private static boolean isKnown(HttpHeaders headers) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                && new ServletServerHttpRequest(attributes.getRequest())
                        .getHeaders()
                        .getIfNoneMatch()
                        .contains(headers.getETag());
    }
}
