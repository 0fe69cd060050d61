package dev.darkroom.quickstart;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.livepreview.LivePreview;
import dev.darkroom.livepreview.Started;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@SpringBootApplication
@RestController
public class Quickstart {
    record Order(String prompt) {}

    @PostMapping("/images")
    Mono<Started> develop(LivePreview preview, Order order) {
        return preview.develop(ImageRequest.of("openai/gpt-image-1-mini", order.prompt()).stream(true));
    }

    @GetMapping(path = "/", produces = "text/html")
    String page() {
        return """
                <!DOCTYPE html><html lang="en"><title>Darkroom</title><link rel="icon" href="/darkroom/icon.svg">
                <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
                <script type="module" src="/darkroom/preview.js"></script>
                <main style="font-family: system-ui"><h1>What shall be painted?</h1>
                  <darkroom-preview><form action="/images">
                    <input name="prompt" aria-label="Prompt" required> <button>Develop</button>
                  </form></darkroom-preview></main>
                """;
    }

    public static void main(String[] args) {
        SpringApplication.run(Quickstart.class, args);
    }
}
