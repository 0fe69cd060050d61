package dev.darkroom.livepreview;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A generation was added to a preview.
 *
 * @param id its number there, from 1
 */
public record Started(@JsonProperty("id") int id) {}
