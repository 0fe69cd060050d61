/** LangChain4j's image model over a Darkroom client. */
@NullMarked
package dev.darkroom.langchain4j;

import org.jspecify.annotations.NullMarked;
