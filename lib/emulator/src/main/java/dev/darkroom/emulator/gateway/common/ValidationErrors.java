package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How a gateway words its reply to a request whose fields are not valid. */
public interface ValidationErrors {

    /**
     * The body is no JSON object at all.
     *
     * @return the reply
     */
    Reply notAnObject();

    /**
     * A field which must be there is not.
     *
     * @param name the field
     * @return the reply
     */
    Reply missing(String name);

    /**
     * A field has the wrong type.
     *
     * @param name the field
     * @param expected {@code string}, {@code int}, {@code boolean}, {@code array} or {@code object}
     * @param value what stands there
     * @return the reply
     */
    Reply wrongType(String name, String expected, JsonNode value);

    /**
     * A number is too small or too large.
     *
     * @param name the field
     * @param min the smallest it may be
     * @param max the largest it may be
     * @param value what it is
     * @return the reply
     */
    Reply outOfRange(String name, long min, long max, long value);

    /**
     * A word is not one of those which are taken.
     *
     * @param name the field
     * @param value what it says
     * @param allowed what it may say
     * @return the reply
     */
    Reply notOneOf(String name, String value, List<String> allowed);

    /**
     * Anything else.
     *
     * @param name the field
     * @param why what is wrong with it, in a clause
     * @return the reply
     */
    Reply invalid(String name, String why);

    /** The errors of a gateway which says them in a sentence: {@code n is required}. */
    interface InSentences extends ValidationErrors {

        /**
         * Any validation error.
         *
         * @param sentence what is wrong with which field
         * @return the reply
         */
        Reply sentence(String sentence);

        @Override
        default Reply missing(String name) {
            return sentence(name + " is required");
        }

        @Override
        default Reply wrongType(String name, String expected, JsonNode value) {
            return sentence(name + " must be of type " + expected);
        }

        @Override
        default Reply notOneOf(String name, String value, List<String> allowed) {
            return sentence(name + " must be one of " + String.join(", ", allowed));
        }
    }
}
