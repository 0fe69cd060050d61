/** What a user of Spring copies first: one class, a form and a developing picture. */
@NullMarked
package dev.darkroom.quickstart;

import org.jspecify.annotations.NullMarked;
