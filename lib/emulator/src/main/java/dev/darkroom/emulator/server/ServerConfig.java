package dev.darkroom.emulator.server;

/**
 * Where the server listens, and how much it takes.
 *
 * @param host the address to bind
 * @param port the port, 0 for any free one
 * @param tlsPort the port for TLS, once it is asked for; 0 for any free one
 * @param maxBody the largest request body, in bytes
 */
public record ServerConfig(String host, int port, int tlsPort, long maxBody) {}
