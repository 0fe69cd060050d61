/** Alibaba's DashScope image API (Model Studio): Qwen-Image and Wan, as its pages, its SDKs and recordings say. Internal. */
@NullMarked
package dev.darkroom.emulator.gateway.dashscope;

import org.jspecify.annotations.NullMarked;
