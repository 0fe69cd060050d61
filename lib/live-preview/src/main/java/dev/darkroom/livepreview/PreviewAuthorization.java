package dev.darkroom.livepreview;

import reactor.core.publisher.Mono;

/**
 * Decides who may use a preview. Unless a bean of this type says otherwise, a preview belongs to the user for whom it was
 * opened, or else to the first user who listens to it, by the name of the {@link java.security.Principal}; where nobody has
 * logged in, whoever knows its id may use it, and ids cannot be guessed. Asked before everything that a browser does, on the
 * thread of its request: it must not block on an event loop.
 */
@FunctionalInterface
public interface PreviewAuthorization {

    /**
     * Whether this may be done.
     *
     * @param visit who asks for what
     * @return true or false; empty counts as false. For what is refused a preview does not seem to exist.
     */
    Mono<Boolean> permits(PreviewVisit visit);

    /**
     * Lets everybody do what they like with what is theirs.
     *
     * @return a rule that permits it where the visitor is the owner
     */
    static PreviewAuthorization byOwner() {
        return visit -> {
            var owner = visit.owner();
            var visitor = visit.visitor();
            return Mono.just(owner == null || (visitor != null && owner.equals(visitor.getName())));
        };
    }
}
