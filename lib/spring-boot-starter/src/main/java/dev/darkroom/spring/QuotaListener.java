package dev.darkroom.spring;

import dev.darkroom.gate.Quota;
import java.util.function.Consumer;

/** Hears of each quota which a request enters. */
interface QuotaListener extends Consumer<Quota> {}
