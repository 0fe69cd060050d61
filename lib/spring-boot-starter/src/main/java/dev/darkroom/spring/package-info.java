/**
 * Darkroom in a Spring Boot application: clients by properties, observed without code, and an emulator for development and
 * tests.
 */
@NullMarked
package dev.darkroom.spring;

import org.jspecify.annotations.NullMarked;
