/** DashScope: Qwen-Image and Wan. */
@NullMarked
package dev.darkroom.internal.gateway.dashscope;

import org.jspecify.annotations.NullMarked;
