package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a dialect says to a form which is filled in wrongly. */
public interface Objections {

    /**
     * The body is no form at all.
     *
     * @return the reply
     */
    Reply noForm();

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
}
