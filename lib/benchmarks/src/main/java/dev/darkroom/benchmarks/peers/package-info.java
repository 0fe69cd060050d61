/** Who is measured: each as its documentation says it is used, behind one interface. */
@NullMarked
package dev.darkroom.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
