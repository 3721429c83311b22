/** Tests of what runs on a member's host. */
@NullMarked
package io.meltemi.connector.node.host;

import org.jspecify.annotations.NullMarked;
