package io.meltemi.broker.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.tools.TriggerAdapter;

/** Called by H2 before a row is updated: a job that has ended stays as it is. */
public final class EndStateTrigger extends TriggerAdapter {
  @Override
  public void fire(Connection connection, ResultSet before, ResultSet after) throws SQLException {
    String state = before.getString("state");
    if (JobStates.ended(before.getString("kind"), state)
        && !state.equals(after.getString("state"))) {
      throw new SQLException(
          "job " + before.getString("id") + " has ended as " + state, JobStates.VIOLATION);
    }
  }
}
