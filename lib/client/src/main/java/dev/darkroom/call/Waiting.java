package dev.darkroom.call;

import dev.darkroom.gate.Throttled;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * How a request may wait before it is tried again.
 *
 * @param longest from the first refusal to the last try; zero never to wait
 * @param listener hears of each wait before it begins
 * @param random from 0 to 1, for jitter
 */
public record Waiting(Duration longest, Consumer<Throttled> listener, DoubleSupplier random) {}
