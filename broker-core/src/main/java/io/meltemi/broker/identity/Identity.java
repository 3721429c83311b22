package io.meltemi.broker.identity;

import io.meltemi.broker.Caller;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tells who a request comes from. */
public interface Identity {
  /**
   * A caller for as long as something takes.
   *
   * @param holds false as soon as the credentials would not be taken any more: changed, revoked,
   *     disabled or expired
   */
  record Standing(Caller caller, BooleanSupplier holds) {}

  /** As {@link #authenticate}, for what outlives its request. */
  Standing standing(Optional<String> authorization, Optional<String> tenantHeader);

  /**
   * The caller of a request.
   *
   * @param authorization value of the header {@code Authorization}: Basic or Bearer
   * @param tenantHeader value of the header {@code Meltemi-Tenant}: chooses among a user's tenants;
   *     with a token it must name the token's tenant, without it the user's first is taken
   * @throws io.meltemi.model.ProblemException 401 when nobody can be told from the credentials, 403
   *     when the caller may not act for that tenant
   */
  default Caller authenticate(Optional<String> authorization, Optional<String> tenantHeader) {
    return standing(authorization, tenantHeader).caller();
  }
}
