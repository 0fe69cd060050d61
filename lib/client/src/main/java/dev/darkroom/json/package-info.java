/**
 * Events, images, results and failures as JSON, and back again: a module of Jackson that mappers find by themselves, and the two
 * ends of a stream of events, the one that writes each picture once and the one that puts them together again. Needs no framework.
 */
@NullMarked
package dev.darkroom.json;

import org.jspecify.annotations.NullMarked;
