/**
 * What one gateway alone knows, one class each: its name in the list of gateways, its own options, its other regions, its headers.
 * An option that several gateways take is one option, which each of their classes names.
 */
@NullMarked
package dev.darkroom.gateway;

import org.jspecify.annotations.NullMarked;
