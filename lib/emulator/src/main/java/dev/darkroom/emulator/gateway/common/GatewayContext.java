package dev.darkroom.emulator.gateway.common;

/**
 * What every gateway of an emulator is made of.
 *
 * @param renderer draws its pictures
 * @param pictures keeps those which are handed out as URLs
 * @param admission its own: each gateway counts quotas for itself
 * @param seed of ids, and of pictures whose request names none
 */
public record GatewayContext(Renderer renderer, PictureStore pictures, AdmissionCheck admission, long seed) {}
