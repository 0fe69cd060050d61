package dev.darkroom.internal.gateway.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.dialect.Catalogue;
import dev.darkroom.dialect.Payload;
import dev.darkroom.image.Capability;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Payloads;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRouterCatalogueTest {

    private final Catalogue catalogue = new OpenRouterDialect().catalogue().orElseThrow();

    private static Payload json(String text) {
        return Payloads.document(text);
    }

    @Test
    void aModelTellsItsCapabilitiesAndKeepsUnknownKinds() {
        var models = catalogue.models(json("""
                        {"data":[{"id":"a/b","name":"B","description":"d","created":1782264714,"new":1,
                          "architecture":{"input_modalities":["text","image"],"output_modalities":["image"]},
                          "supported_parameters":{
                            "aspect_ratio":{"type":"enum","values":["1:1","auto"]},
                            "n":{"type":"range","min":1,"max":10},
                            "size":{"type":"boolean"},
                            "mood":{"type":"spectrum","from":0}},
                          "supports_streaming":true,"endpoints":"/x"},
                         {"id":"c/d","supported_parameters":{}}]}
                        """));
        var model = models.get(0);
        assertThat(model.created()).isEqualTo("2026-06-24T01:31:54Z");
        assertThat(model.inputModalities()).containsExactly("text", "image");
        assertThat(model.supportsStreaming()).isTrue();
        assertThat(model.supportedParameters())
                .containsEntry("aspect_ratio", new Capability.Values(List.of("1:1", "auto")))
                .containsEntry("n", new Capability.Range(BigDecimal.ONE, BigDecimal.TEN))
                .containsEntry("size", new Capability.Supported())
                .containsEntry("mood", new Capability.Other("spectrum", Map.of("type", "spectrum", "from", 0L)));
        assertThat(models.get(1).supportedParameters()).isEmpty();
        assertThat(models.get(1).created()).isNull();
    }

    @Test
    void anEndpointTellsItsPricesExactly() {
        var endpoint = catalogue.endpoints(json("""
                        {"id":"a/b","endpoints":[{"provider_name":"OpenAI","provider_slug":"openai","provider_tag":null,
                          "supported_parameters":{},"allowed_passthrough_parameters":["moderation"],
                          "supports_streaming":true,
                          "pricing":[{"billable":"output_image","unit":"token","cost_usd":3e-05},
                                     {"billable":"x","unit":"image","variant":"hd"}]}]}
                        """)).get(0);
        assertThat(endpoint.providerTag()).isNull();
        assertThat(endpoint.passthroughParameters()).containsExactly("moderation");
        assertThat(endpoint.pricing().get(0).costUsd()).isEqualByComparingTo("0.00003");
        assertThat(endpoint.pricing().get(1).costUsd())
                .as("no price is not a price of 0")
                .isNull();
        assertThat(endpoint.pricing().get(1).variant()).isEqualTo("hd");
    }

    @Test
    void oddNumbersAndLongTextsOfOneModelDoNotSpoilTheList() {
        var words = "a painterly model ".repeat(100).replace(" ", "");
        var models = catalogue.models(json("{\"data\":[{\"id\":\"a/b\",\"created\":1e999,\"description\":\"" + words
                + "\",\"supported_parameters\":{\"n\":{\"type\":\"range\",\"min\":1,\"max\":1e999}}},"
                + "{\"id\":\"c/d\",\"created\":99999999999999999999}]}"));
        assertThat(models).hasSize(2);
        assertThat(models.get(0).created()).isNull();
        assertThat(models.get(0).description()).isEqualTo(words);
    }

    @Test
    void whatIsNoListIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> catalogue.models(json("{\"models\":[]}")));
        assertThatIllegalArgumentException().isThrownBy(() -> catalogue.endpoints(json("[]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpt", "a/b/c", "a/../b", "../x", "a/b?x=1", "a/b#", "a /b", "a/%2e%2e"})
    void whatCannotBeAModelNeverBecomesAPath(String model) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalogue.endpoints(model))
                .withMessageContaining("model must be author/slug");
    }

    @Test
    void aModelBecomesAPath() {
        assertThat(catalogue.endpoints("black-forest-labs/flux.2-klein-4b:free").path())
                .isEqualTo("/images/models/black-forest-labs/flux.2-klein-4b:free/endpoints");
    }
}
