package dev.darkroom.benchmarks.child;

/** What a child says to its parent: a name and a number a line. */
final class Say {

    private Say() {}

    static void number(String name, double value) {
        System.out.println(name + "=" + value);
    }
}
