/**
 * Pictures and their events over HTTP, for Spring WebFlux and Spring MVC alike: what a controller returns is useful as it is, and what
 * fails has a status. Two factories are for applications, {@link dev.darkroom.spring.web.ImageBuffers} and
 * {@link dev.darkroom.spring.web.ImageReferences}; everything else is configured by {@code darkroom.web.*}.
 */
@NullMarked
package dev.darkroom.spring.web;

import org.jspecify.annotations.NullMarked;
