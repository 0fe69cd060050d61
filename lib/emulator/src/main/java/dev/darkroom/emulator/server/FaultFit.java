package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;

/** Whether a fault can happen to a request which came over a connection of this kind; who orders another is told. */
final class FaultFit {

    private FaultFit() {}

    /** The plan, if it fits. Throws an {@code IllegalArgumentException} which says what would. */
    static Fault.Plan checked(Fault.Plan plan, ClientSocket socket) {
        var word = plan.fault().word();
        switch (plan.fault().kind()) {
            case HANDSHAKE ->
                throw new IllegalArgumentException(
                        "the fault " + word
                                + " happens before a request can be read: order it by enqueue(…), or --fault, for the next TLS connection");
            case TLS -> require(socket.isSecure(), word, "TLS: use the emulator's https URL");
            case HTTP2 -> require(socket.isHttp2(), word, "HTTP/2: use the emulator's https URL, where it is spoken");
            default -> {}
        }
        require(!socket.isHttp2() || !WireWriter.isFor(plan), word, "HTTP/1.1, or at least without bytes");
        return plan;
    }

    private static void require(boolean fits, String word, String needed) {
        if (!fits) {
            throw new IllegalArgumentException("the fault " + word + " needs " + needed);
        }
    }
}
