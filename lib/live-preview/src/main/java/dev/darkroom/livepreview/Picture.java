package dev.darkroom.livepreview;

import org.springframework.core.io.Resource;

/**
 * One picture in the store.
 *
 * @param version which picture of its image it is, from 1; a later one replaces it
 * @param last whether it is the final one
 * @param mediaType what its bytes say it is, or {@code application/octet-stream}
 * @param extension of a file's name
 * @param bytes its size
 * @param name the store's name for it
 * @param content where it is read
 */
record Picture(
        int version, boolean last, String mediaType, String extension, long bytes, String name, Resource content) {}
