package dev.darkroom.internal.http;

/**
 * The ways out of a client.
 *
 * @param transport to the API
 * @param downloads to everywhere else
 */
public record Routes(Transport transport, Downloads downloads) {}
