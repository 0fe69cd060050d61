/** token360, which keeps what it made. */
@NullMarked
package dev.darkroom.internal.gateway.token360;

import org.jspecify.annotations.NullMarked;
