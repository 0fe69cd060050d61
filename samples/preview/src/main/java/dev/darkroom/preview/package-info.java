/**
 * A page on which images develop. The browser asks with a form, hears of changes by Server-Sent Events that carry small
 * notices only, and fetches pictures at URLs of their own; so a slow browser holds no picture in this process's memory.
 */
@NullMarked
package dev.darkroom.preview;

import org.jspecify.annotations.NullMarked;
