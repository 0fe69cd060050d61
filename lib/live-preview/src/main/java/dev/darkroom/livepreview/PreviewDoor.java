package dev.darkroom.livepreview;

import dev.darkroom.livepreview.PreviewVisit.Action;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Lets nobody to a preview whom the authorization does not permit, and no page of somebody else's ask for anything. */
final class PreviewDoor {

    /**
     * Says which preview is meant. A page of another site cannot send it, for browsers ask first whether a header of that name may
     * be sent, and nobody here says yes.
     */
    static final String HEADER = "Darkroom-Preview";

    private final LivePreviews previews;
    private final PreviewAuthorization authorization;

    PreviewDoor(LivePreviews previews, PreviewAuthorization authorization) {
        this.previews = previews;
        this.authorization = authorization;
    }

    Mono<LivePreview> open(Mono<? extends Principal> visitor, HttpRequest request) {
        return visit(visitor, who -> new PreviewVisit(Action.OPEN, null, null, who, request))
                .switchIfEmpty(Mono.error(() ->
                        new PreviewRefusedException(HttpStatus.FORBIDDEN, "You may not have pictures developed here.")))
                .map(visit -> {
                    demandHeader(request);
                    var who = visit.visitor();
                    return previews.opened(who == null ? null : who.getName());
                });
    }

    /** The preview; 404 if there is none, or none for this visitor. */
    Mono<LivePreview> enter(Action action, String id, Mono<? extends Principal> visitor, HttpRequest request) {
        return Mono.defer(() -> {
            if (action != Action.WATCH) {
                demandHeader(request);
            }
            var preview = previews.preview(id);
            return visit(visitor, who -> new PreviewVisit(action, id, preview.owner(), who, request))
                    .switchIfEmpty(Mono.error(PreviewRefusedException::isGone))
                    .map(visit -> {
                        claim(preview, visit.visitor());
                        return preview;
                    });
        });
    }

    /** The preview of the element whose form was sent. */
    Mono<LivePreview> enter(Mono<? extends Principal> visitor, HttpRequest request) {
        return Mono.defer(() -> {
            demandHeader(request);
            var id = Optional.ofNullable(request.getHeaders().getFirst(HEADER)).orElse("");
            return enter(Action.DEVELOP, id, visitor, request);
        });
    }

    private Mono<PreviewVisit> visit(Mono<? extends Principal> visitor, VisitBy visit) {
        return visitor.<Optional<Principal>>map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(who -> visit.by(who.orElse(null)))
                .filterWhen(authorization::permits);
    }

    private static void claim(LivePreview preview, @Nullable Principal visitor) {
        if (visitor != null) {
            preview.claim(visitor.getName());
        }
    }

    private static void demandHeader(HttpRequest request) {
        if (!request.getHeaders().containsHeader(HEADER)) {
            throw new PreviewRefusedException(
                    HttpStatus.BAD_REQUEST,
                    "Without the header " + HEADER + " nothing is asked for: put the form into <darkroom-preview>.");
        }
    }

    private interface VisitBy {
        PreviewVisit by(@Nullable Principal visitor);
    }
}
