package io.meltemi.connector;

/** Why a provider did not do what was asked. Each has one fixed reaction of the job engine. */
public enum Fault {
  /** The request is wrong in itself; no other place would take it. The job fails. */
  BAD_REQUEST,
  /** The account may not use more. The next offer is tried. */
  QUOTA,
  /** The place is full. The next offer is tried. */
  CAPACITY,
  /** The provider does not accept our credentials. The next offer is tried, the account marked. */
  CREDENTIALS,
  /** The place cannot do this at all. The next offer is tried; an action is refused. */
  UNSUPPORTED,
  /** Certainly not carried out, and may work later. Tried again after a pause. */
  TRANSIENT,
  /**
   * Nobody knows whether it was or will be carried out. Looked for by token, never repeated
   * blindly.
   */
  UNKNOWN
}
