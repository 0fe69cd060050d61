/** The emulator in tests of Spring applications. */
@NullMarked
package dev.darkroom.spring.test;

import org.jspecify.annotations.NullMarked;
