package dev.darkroom.internal.call;

/** What users' code throws. */
final class Faults {

    private Faults() {}

    static Throwable of(Class<? extends Throwable> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static <E extends Throwable> void sneakyThrow(Throwable fault) throws E {
        throw (E) fault;
    }
}
