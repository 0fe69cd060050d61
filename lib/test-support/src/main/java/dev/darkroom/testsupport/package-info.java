/** Rules which every test of this build obeys. Test scope only; never published. */
@NullMarked
package dev.darkroom.testsupport;

import org.jspecify.annotations.NullMarked;
