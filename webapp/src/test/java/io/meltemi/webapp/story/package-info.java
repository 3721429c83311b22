/** Stories: requests and what must come back, told in YAML and run against a real server. */
@NullMarked
package io.meltemi.webapp.story;

import org.jspecify.annotations.NullMarked;
