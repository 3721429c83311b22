/**
 * The DMTF interoperability scenarios as a consumer of any CIMI server walks them: over HTTP only,
 * in both versions and both formats, finding every URL through the entry point and operations.
 */
@NullMarked
package io.meltemi.webapp.interop;

import org.jspecify.annotations.NullMarked;
