package dev.darkroom.image;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What a model accepts for one parameter. A parameter without a capability is not supported. */
public sealed interface Capability {

    /**
     * One of these.
     *
     * @param values the accepted values
     */
    record Values(List<String> values) implements Capability {

        /**
         * Copies the list.
         *
         * @param values the accepted values
         */
        public Values {
            values = List.copyOf(values);
        }
    }

    /**
     * A number within bounds.
     *
     * @param min the least accepted
     * @param max the most accepted
     */
    record Range(BigDecimal min, BigDecimal max) implements Capability {}

    /** Accepted, without saying which values. */
    record Supported() implements Capability {}

    /**
     * A kind which this client does not know yet.
     *
     * @param type the catalogue's word for it
     * @param fields everything the catalogue says of it
     */
    record Other(String type, Map<String, Object> fields) implements Capability {

        /**
         * Copies the map.
         *
         * @param type the catalogue's word for it
         * @param fields everything the catalogue says of it
         */
        public Other {
            fields = Map.copyOf(fields);
        }
    }
}
