/** What runs in a process of its own, with the JVM flags that its bar wants, and prints what it measured. */
@NullMarked
package dev.darkroom.benchmarks.child;

import org.jspecify.annotations.NullMarked;
