package dev.darkroom.spring;

/** A client has no key, and nothing says that it needs none. */
final class MissingApiKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String client;
    private final String property;

    MissingApiKeyException(String client, String gateway) {
        super("the image client '" + client + "' has no key for " + gateway);
        this.client = client;
        this.property = PropertyNames.own(client, "api-key");
    }

    String client() {
        return client;
    }

    String property() {
        return property;
    }
}
