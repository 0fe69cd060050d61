package dev.darkroom.livepreview;

import org.springframework.boot.WebApplicationType;

/** On Spring MVC and Tomcat, with virtual threads on a JDK that has them. */
class ServletLivePreviewTest extends LivePreviewContract {

    ServletLivePreviewTest() {
        super(WebApplicationType.SERVLET);
    }
}
