/**
 * Pages on which images develop. A {@link dev.darkroom.livepreview.LivePreview} is one page in a browser, with all it asked for;
 * the browser's part is the element {@code <darkroom-preview>} of {@code /darkroom/preview.js}. It hears of changes by
 * Server-Sent Events that carry small notices only, and fetches pictures at URLs of their own; so a slow browser holds no picture
 * in this process's memory, and no thread.
 */
@NullMarked
package dev.darkroom.livepreview;

import org.jspecify.annotations.NullMarked;
