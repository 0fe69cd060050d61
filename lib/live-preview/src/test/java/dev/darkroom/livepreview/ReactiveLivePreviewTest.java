package dev.darkroom.livepreview;

import org.springframework.boot.WebApplicationType;

/** On WebFlux and Netty. */
class ReactiveLivePreviewTest extends LivePreviewContract {

    ReactiveLivePreviewTest() {
        super(WebApplicationType.REACTIVE);
    }
}
