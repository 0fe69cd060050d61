package dev.darkroom.dialect;

/**
 * How an API is asked, by the id alone, for a generation that was begun before: by another client, another process, or a program that
 * has ended. It makes nothing and costs nothing.
 */
@FunctionalInterface
public interface Begun {

    /**
     * By what the rest is asked for; of all of it nothing has been read here.
     *
     * @param id what {@link Reading.Handle#id()} once said; it comes from outside and must be checked or encoded
     * @return the handle
     * @throws dev.darkroom.image.RejectedException if it cannot be an id
     */
    Reading.Handle handle(String id);
}
