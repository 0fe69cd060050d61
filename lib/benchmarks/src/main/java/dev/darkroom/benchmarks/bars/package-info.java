/** What is asked: forks the processes of one bar, and judges what they say. */
@NullMarked
package dev.darkroom.benchmarks.bars;

import org.jspecify.annotations.NullMarked;
