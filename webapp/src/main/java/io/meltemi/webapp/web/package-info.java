/**
 * What the server answers beside the faces: health, metrics, the description of the API, and the
 * nodes' routes.
 */
@NullMarked
package io.meltemi.webapp.web;

import org.jspecify.annotations.NullMarked;
