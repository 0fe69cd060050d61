package dev.darkroom.pipeline;

import dev.darkroom.image.ImageRequest;

/**
 * One prompt to be painted.
 *
 * @param index which one of the input, from 0
 * @param line where it stands, from 1
 * @param id what the input calls it; empty if it has no name
 * @param request what is sent
 * @param name what its pictures are called
 * @param fingerprint of what stands in the input
 */
record Job(int index, long line, String id, ImageRequest request, OutputName name, int fingerprint) {}
