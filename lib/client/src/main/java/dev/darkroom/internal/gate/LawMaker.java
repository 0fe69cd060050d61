package dev.darkroom.internal.gate;

import dev.darkroom.gate.Quota;

/** Makes the law of a quota that is first used, under no lock. */
@FunctionalInterface
public interface LawMaker {

    /**
     * A law for one quota.
     *
     * @param quota whose
     * @param queue that the law may change later, and not before this returns
     * @return the law
     */
    Law law(Quota quota, QueueAccess queue);
}
