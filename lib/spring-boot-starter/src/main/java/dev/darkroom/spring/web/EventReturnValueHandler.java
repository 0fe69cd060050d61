package dev.darkroom.spring.web;

import dev.darkroom.image.ImageEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationManager;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import reactor.core.scheduler.Schedulers;

/**
 * Writes events with MVC. Spring's own emitter writes while a thread waits for the browser, and lets the container end the response, and so
 * the generation, after half a minute. Here the container says when it can write, so that a browser which stalls holds no thread, and
 * there is no such limit: the generation has its own.
 *
 * <p>Called on a thread of the container, twice for a response: with the events, and with {@link EventsEnd} when they are written.
 */
final class EventReturnValueHandler implements HandlerMethodReturnValueHandler {

    private static final long NO_LIMIT = 0;

    private final EventSettings settings;
    private final ContentNegotiationManager negotiation;
    private final ReactiveAdapterRegistry adapters = ReactiveAdapterRegistry.getSharedInstance();

    EventReturnValueHandler(EventSettings settings, ContentNegotiationManager negotiation) {
        this.settings = settings;
        this.negotiation = negotiation;
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        if (returnType.getParameterType() == EventsEnd.class) {
            return true;
        }
        var type = ResolvableType.forMethodParameter(returnType);
        var body = HttpEntity.class.isAssignableFrom(type.toClass()) ? type.getGeneric() : type;
        var adapter = adapters.getAdapter(body.toClass());
        return adapter != null
                && adapter.isMultiValue()
                && ImageEvent.class.isAssignableFrom(body.getGeneric().toClass());
    }

    @Override
    public void handleReturnValue(
            @Nullable Object returnValue,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest webRequest)
            throws Exception {
        var body = returnValue instanceof HttpEntity<?> entity ? entity.getBody() : returnValue;
        if (body == null || body instanceof EventsEnd) {
            container.setRequestHandled(true);
            return;
        }
        var request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        var response = Objects.requireNonNull(webRequest.getNativeResponse(HttpServletResponse.class));
        var headers = new HttpHeaders();
        if (returnValue instanceof HttpEntity<?> entity) {
            headers.putAll(entity.getHeaders());
        }
        if (returnValue instanceof ResponseEntity<?> entity) {
            response.setStatus(entity.getStatusCode().value());
        }
        var form = form(headers.getContentType(), request, webRequest);
        if (EventResponses.wantsNothing(
                HttpMethod.valueOf(request.getMethod()), new ServletServerHttpRequest(request).getHeaders(), form)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            container.setRequestHandled(true);
            return;
        }
        ShallowEtagHeaderFilter.disableContentCaching(request);
        EventResponses.complete(headers, form);
        start(publisher(body), form, headers, response, container, webRequest);
    }

    @SuppressWarnings("unchecked") // as its generic type says
    private Publisher<ImageEvent> publisher(Object body) {
        var adapter = Objects.requireNonNull(adapters.getAdapter(body.getClass(), body));
        return (Publisher<ImageEvent>) (Publisher<?>) adapter.toPublisher(body);
    }

    private void start(
            Publisher<ImageEvent> events,
            EventForm form,
            HttpHeaders headers,
            HttpServletResponse response,
            ModelAndViewContainer container,
            NativeWebRequest webRequest)
            throws Exception {
        var stream = EventStream.of(events, form, settings, ThreadContext.captured());
        var result = new DeferredResult<Object>(NO_LIMIT);
        result.onCompletion(stream::cancel);
        result.onError(failure -> stream.cancel());
        result.onTimeout(stream::cancel);
        WebAsyncUtils.getAsyncManager(webRequest).startDeferredResultProcessing(result, container);
        stream.opened()
                .publishOn(Schedulers.boundedElastic()) // a container takes locks
                .subscribe(nothing -> {}, result::setErrorResult, () -> {
                    headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
                    NonBlockingBody.write(stream, response, result);
                });
    }

    private EventForm form(@Nullable MediaType preset, HttpServletRequest request, NativeWebRequest webRequest)
            throws HttpMediaTypeNotAcceptableException {
        if (EventForm.of(preset) != null) {
            return Objects.requireNonNull(EventForm.of(preset));
        }
        var possible = possible(request);
        for (var accepted : negotiation.resolveMediaTypes(webRequest)) {
            for (var form : possible) {
                if (accepted.isCompatibleWith(form.mediaType())) {
                    return form;
                }
            }
        }
        throw new HttpMediaTypeNotAcceptableException(EventForm.mediaTypes());
    }

    @SuppressWarnings("unchecked") // as Spring says of the attribute
    private static List<EventForm> possible(HttpServletRequest request) {
        var produced = (Set<MediaType>) request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
        return produced == null || produced.isEmpty() ? List.of(EventForm.values()) : among(produced);
    }

    private static List<EventForm> among(Collection<MediaType> produced) {
        return produced.stream()
                .flatMap(type ->
                        Arrays.stream(EventForm.values()).filter(form -> type.isCompatibleWith(form.mediaType())))
                .distinct()
                .toList();
    }
}
