/**
 * Measures the bars of the wire: {@link dev.darkroom.benchmarks.Bars} starts a static server and one process for each
 * measurement, and prints a table. Nothing here is published.
 *
 * <pre>
 *   Bars ── bars.* (what is asked, one class a bar) ── forks ─┬─ server.StaticServer (one, for all)
 *                                                             └─ child.*  ── peers.* (who is measured)
 * </pre>
 */
@NullMarked
package dev.darkroom.benchmarks;

import org.jspecify.annotations.NullMarked;
