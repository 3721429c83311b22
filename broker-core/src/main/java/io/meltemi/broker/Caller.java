package io.meltemi.broker;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, and for which tenant: every request has one, and it decides what is seen.
 *
 * @param user id of the user
 * @param tenant id of the tenant that the request is for
 * @param role what the user may do in that tenant
 * @param tenants ids of all tenants that the user (or token) may choose
 * @param operator true for those who run the house: accounts, nodes, users, tenants
 * @param token the API token that the request came with; empty after a log-in with a password
 */
public record Caller(
    String user,
    String tenant,
    Role role,
    Set<String> tenants,
    boolean operator,
    Optional<Token> token) {

  /** An API token: what is made with it lives no longer than itself. */
  public record Token(String id, Instant expires) {}

  /** What a user may do in a tenant; each includes those below it. */
  public enum Role {
    ADMIN,
    MEMBER,
    READER;

    public boolean mayWrite() {
      return this != READER;
    }
  }

  public Caller {
    tenants = Set.copyOf(tenants);
  }

  /** Somebody who logged in with a password. */
  public Caller(String user, String tenant, Role role, Set<String> tenants, boolean operator) {
    this(user, tenant, role, tenants, operator, Optional.empty());
  }
}
