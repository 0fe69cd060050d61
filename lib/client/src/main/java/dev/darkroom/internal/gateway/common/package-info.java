/** What several gateways say alike; each gateway's folder uses it, and it knows none of them. */
@NullMarked
package dev.darkroom.internal.gateway.common;

import org.jspecify.annotations.NullMarked;
