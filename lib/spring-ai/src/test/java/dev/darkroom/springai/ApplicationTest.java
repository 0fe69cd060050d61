package dev.darkroom.springai;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A test in the one application, which all of them share. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Application.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.main.banner-mode=off",
            "logging.level.root=error",
            "spring.ai.model.image=darkroom",
            "darkroom.emulator.enabled=true",
            "darkroom.model=openai/gpt-image-1-mini",
            "darkroom.clients.by-url.provider=token360",
            "darkroom.clients.by-url.model=dola-seedream-5.0-lite",
            "darkroom.clients.severally.provider=minimax",
            "darkroom.clients.severally.model=MiniMax-H3-Image",
            "darkroom.clients.masked.provider=openai",
            "darkroom.clients.masked.model=gpt-image-1-mini"
        })
@interface ApplicationTest {}
