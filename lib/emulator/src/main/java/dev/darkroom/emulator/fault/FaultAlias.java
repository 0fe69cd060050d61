package dev.darkroom.emulator.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Names under which people know some of the faults from elsewhere: those of toxiproxy's toxics, and of badssl.com's hosts. */
enum FaultAlias {
    LATENCY(Fault.LATE_HEADERS.once()),
    TIMEOUT(Fault.STALLED_HEADERS.once()),
    RESET_PEER(Fault.RESET.bytes(0)),
    LIMIT_DATA(Fault.CUT.bytes(0)),
    ONE_BYTE_CHUNKS(Fault.DRIP.once()),
    SELF_SIGNED(Fault.UNTRUSTED_CERTIFICATE.once()),
    UNTRUSTED_ROOT(Fault.UNTRUSTED_CERTIFICATE.once()),
    EXPIRED(Fault.EXPIRED_CERTIFICATE.once());

    @SuppressWarnings("ImmutableEnumChecker") // a record whose map is a copy
    private final Fault.Plan plan;

    FaultAlias(Fault.Plan plan) {
        this.plan = plan;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault.Plan> of(String word) {
        return Arrays.stream(values())
                .filter(alias -> alias.word().equals(word))
                .findFirst()
                .map(alias -> alias.plan);
    }
}
